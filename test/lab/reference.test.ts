import { expect } from 'chai';
import fc from 'fast-check';
import { hasOpenReference, type Name, referencesIn, resolve } from '../../runner/lab/reference.ts';

const known: Record<string, unknown> = { alias: 'alias/one', 'key.arn': 'arn:1', 'key.count': 3 };
const lookup = ({ name, output }: Name) => known[output ? `${name}.${output}` : name];

describe('references', () => {
  it('are parameters, outputs, and the first of several', () => {
    expect(referencesIn('a ${alias} b ${key.arn ?? alias}')).to.deep.equal([
      { text: '${alias}', names: [{ name: 'alias' }] },
      { text: '${key.arn ?? alias}', names: [{ name: 'key', output: 'arn' }, { name: 'alias' }] },
    ]);
  });

  it('leave IAM policy variables alone', () => {
    expect(resolve('${aws:username} ${aws:PrincipalTag/a, "b"}', lookup)).to.equal(
      '${aws:username} ${aws:PrincipalTag/a, "b"}',
    );
  });

  it('become values, whole ones with their type', () => {
    expect(
      resolve({ a: '${key.count}', b: ['n=${key.count}', '${none.arn ?? alias}'] }, lookup),
    ).to.deep.equal({
      a: 3,
      b: ['n=3', 'alias/one'],
    });
  });

  it('stay where nothing is known, and say so', () => {
    expect(resolve('${table.arn}', lookup)).to.equal('${table.arn}');
    expect(hasOpenReference({ a: ['${table.arn}'] }, lookup)).to.equal(true);
    expect(hasOpenReference({ a: ['${table.arn ?? alias}', '${aws:x}'] }, lookup)).to.equal(false);
  });

  it('are replaced once: a value that looks like a reference is text', () => {
    expect(resolve('x ${alias} ${alias}', () => '${alias}')).to.equal('x ${alias} ${alias}');
    expect(hasOpenReference('x ${alias}', () => '${other}')).to.equal(false);
  });

  it('leave every text without them as it is', () => {
    const text = fc.string().filter((one) => !one.includes('${'));
    fc.assert(fc.property(text, (one) => resolve(one, lookup) === one));
  });

  it('are read or refused with a sentence, whatever stands between the braces', () => {
    fc.assert(
      fc.property(fc.string(), (inner) => {
        try {
          referencesIn(`\${${inner}}`);
        } catch (error) {
          expect(error).to.be.instanceOf(SyntaxError);
        }
      }),
    );
  });
});
