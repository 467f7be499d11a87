/** Parameters in words, also those of checks that are not ours. */
import { expect } from 'chai';
import { z } from 'zod';
import { registry } from '../../../checks/registry.ts';
import { valuesOf } from '../../../cli/docs/values-of-schema.ts';

describe('the parameters of a check', () => {
  it('are told by name, type, default and description', () => {
    const schema = z.strictObject({
      alias: z.string().startsWith('alias/').describe('Its alias.'),
      atLeast: z.int().min(1).max(25).default(1),
      most: z.number().max(3).optional(),
      spec: z.enum(['SYMMETRIC_DEFAULT', 'two words']).default('SYMMETRIC_DEFAULT'),
      users: z.array(z.string()).min(1),
      tags: z.record(z.string(), z.boolean()),
      part: z.object({ name: z.string() }).nullable(),
      own: z.custom<Date>(),
    });
    const rows = valuesOf(schema, 'input').map(({ name, type, required, ...more }) => [
      name,
      type,
      required,
      more,
    ]);
    expect(rows).to.deep.equal([
      ['alias', 'text that begins with alias/', true, { about: 'Its alias.' }],
      ['atLeast', 'a whole number, 1 to 25', false, { default: '1' }],
      ['most', 'a number, 3 or less', false, {}],
      ['spec', 'one of SYMMETRIC_DEFAULT, "two words"', false, { default: '"SYMMETRIC_DEFAULT"' }],
      ['users', 'a list of one or more: text', true, {}],
      ['tags', 'names, each with true or false', true, {}],
      ['part', 'an object: name (text), or nothing', true, {}],
      ['own', 'anything', true, {}],
    ]);
  });

  it('are all told of the checks there are, each with what it is', () => {
    for (const check of registry.values()) {
      const params = valuesOf(check.params, 'input');
      expect(params.map(({ name }) => name)).to.deep.equal(Object.keys(check.params.shape));
      for (const { name, type, about } of params) {
        expect(type, `${check.id} ${name}`).to.not.equal('anything');
        expect(about, `${check.id} ${name}`).to.be.a('string');
      }
    }
  });
});
