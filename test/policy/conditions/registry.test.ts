import { expect } from 'chai';
import fc from 'fast-check';
import { compileConditions } from '../../../policy/conditions/condition.ts';
import { isValueOperator } from '../../../policy/conditions/operator.ts';
import { conditionOperators, readOperator } from '../../../policy/conditions/registry.ts';

/** Whether the operator holds for these policy values and the request's value of one key. */
function holds(
  operator: string,
  expected: readonly string[],
  actual: string | readonly string[] | undefined,
): boolean {
  const conditions = compileConditions({ [operator]: { 'aws:Key': expected } }, '2012-10-17');
  return conditions.every((condition) => condition((key) => (key === 'aws:key' ? actual : undefined)));
}

const NEGATIONS: readonly (readonly [string, string])[] = [
  ['StringEquals', 'StringNotEquals'],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ['StringLike', 'StringNotLike'],
  ['NumericEquals', 'NumericNotEquals'],
  ['DateEquals', 'DateNotEquals'],
  ['IpAddress', 'NotIpAddress'],
  ['ArnEquals', 'ArnNotEquals'],
  ['ArnLike', 'ArnNotLike'],
];
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', '*', '?', ':', '1', '.'), maxLength: 4 }),
  fc.constantFrom(
    '10',
    '10.0',
    '2026-11-22',
    '2026-11-22T00:00:00Z',
    '203.0.113.0/24',
    '203.0.113.7',
    '2001:db8::1',
  ),
  fc.constantFrom('arn:aws:iam::1:user/a', 'arn:aws:iam::*:user/*', 'arn:aws:sns:*:1:t', 'true', 'YQ=='),
);

describe('condition operators', () => {
  it('are the ones that AWS documents', () => {
    // IAM User Guide, "IAM JSON policy elements: Condition operators"
    const comparisons = [
      'Equals',
      'NotEquals',
      'LessThan',
      'LessThanEquals',
      'GreaterThan',
      'GreaterThanEquals',
    ];
    expect([...conditionOperators.keys()]).to.have.members([
      ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(
        (name) => `String${name}`,
      ),
      ...comparisons.map((name) => `Numeric${name}`),
      ...comparisons.map((name) => `Date${name}`),
      ...['Equals', 'NotEquals', 'Like', 'NotLike'].map((name) => `Arn${name}`),
      ...['Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'Null'],
    ]);
  });

  it('are read with set operators and IfExists', () => {
    const use = readOperator('ForAnyValue:StringLikeIfExists');
    expect(use?.operator.name).to.equal('StringLike');
    expect(use?.set).to.equal('ForAnyValue');
    expect(use?.ifExists).to.equal(true);
    for (const wrong of [
      '',
      'IfExists',
      'stringEquals',
      'ForAllValues',
      'ForAllValues:',
      'a:Bool',
      'NullIfExists',
      'constructor',
    ]) {
      expect(readOperator(wrong), wrong).to.equal(undefined);
    }
  });

  for (const [plain, negated] of NEGATIONS) {
    it(`${negated} is the negation of ${plain} for a value that is there`, () => {
      fc.assert(
        fc.property(fc.array(value, { maxLength: 3 }), value, (expected, actual) => {
          expect(holds(negated, expected, actual)).to.equal(!holds(plain, expected, actual));
        }),
      );
    });
  }

  it('pair every negated operator with its plain one', () => {
    const negated = [...conditionOperators.values()].filter((each) => isValueOperator(each) && each.negated);
    expect(negated.map(({ name }) => name)).to.have.members(NEGATIONS.map(([, name]) => name));
  });

  it('treat a set of one value like the value itself', () => {
    const plain = [...conditionOperators.keys()].filter((name) => name !== 'Null');
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.array(value, { maxLength: 3 }),
        value,
        (name, expected, actual) => {
          const single = holds(name, expected, actual);
          expect(holds(`ForAllValues:${name}`, expected, [actual])).to.equal(single);
          expect(holds(`ForAnyValue:${name}`, expected, [actual])).to.equal(single);
        },
      ),
    );
  });

  it('refuse an operator that no parsed document can hold', () => {
    expect(() => compileConditions({ Nonsense: { 'aws:x': ['y'] } }, '2012-10-17')).to.throw(
      'Unknown condition operator',
    );
  });
});
