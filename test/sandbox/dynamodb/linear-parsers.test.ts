import { createRequire } from 'node:module';
import { expect } from 'chai';
import fc from 'fast-check';
import { linearParser } from '../../../sandbox/services/dynamodb/dynalite/linear-parsers.ts';

type Parse = ReturnType<typeof linearParser>;

/** The module as the package has it, whatever other tests have made of it. */
function original(name: string): Parse {
  const require = createRequire(import.meta.url);
  const path = require.resolve(name);
  const cached = require.cache[path];
  delete require.cache[path];
  const { parse } = require(name) as { parse: Parse };
  if (cached) require.cache[path] = cached;
  return parse;
}

const isReserved = (name: string): boolean => name === 'status';
const compare = (): boolean => true;

function outcome(parse: Parse, text: string): unknown {
  const context = {
    attrNames: { '#a': 'status', '#b': 'b' },
    attrVals: { ':a': { S: 'x' }, ':n': { N: '1' } },
    unusedAttrNames: { '#a': true, '#b': true },
    unusedAttrVals: { ':a': true, ':n': true },
    isReserved,
    compare,
  };
  try {
    return { result: parse(text, { context }), context };
  } catch (error) {
    return (error as Error).message;
  }
}

const part = fc.constantFrom('a', '#a', '#b.#a[1]', ':a', ':n', 'status', '(', ')', ', ', ' = ', ' < ');
const word = fc.constantFrom(
  ' and ',
  ' or ',
  'not ',
  ' between ',
  ' in ',
  'size(',
  'contains(',
  'set ',
  ' + ',
);
const text = fc.array(fc.oneof(part, word), { maxLength: 14 }).map((parts) => parts.join(''));
const operand = fc.constantFrom('a', '#a', '#b.#a', ':a', ':n', 'size(a)', '(a)', 'status');
const comparison = fc.tuple(operand, fc.constantFrom('=', '<', '<>'), operand).map((all) => all.join(' '));
const condition = fc
  .array(comparison, { minLength: 1, maxLength: 4 })
  .chain((all) =>
    fc.constantFrom(all.join(' and '), `(${all.join(' or ')})`, `not (${all.join(') and (')})`),
  );

describe('linear parsers of expressions', () => {
  for (const name of ['condition', 'update'] as const) {
    it(`find in ${name} expressions what the package's own parser finds`, function () {
      this.timeout(60_000);
      const module = `dynalite/db/${name}Parser.js`;
      const [own, linear] = [original(module), linearParser(module)];
      const update = condition.map((one) => `set a = ${one}, #b = if_not_exists(#a, :n) remove b`);
      fc.assert(
        fc.property(fc.oneof(text, name === 'condition' ? condition : update), (expression) => {
          expect(outcome(linear, expression)).to.deep.equal(outcome(own, expression));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('take no longer than their text is long', () => {
    const linear = linearParser('dynalite/db/conditionParser.js');
    // The package's own parser would not come back in this life.
    for (const opening of ['(', 'not (']) outcome(linear, `${opening.repeat(100)}a = :a${')'.repeat(100)}`);
  });
});
