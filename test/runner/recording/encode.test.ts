import { expect } from 'chai';
import fc from 'fast-check';
import { canonical, decode, encode } from '../../../runner/recording/encode.ts';

const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
  fc.bigInt(),
);
const name = fc.oneof(
  fc.string(),
  fc.constantFrom('$date', '$bytes', '$object', '$number', '__proto__', 'toString'),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('node')),
    fc.dictionary(name, tie('node'), { noNullPrototype: true }),
  ),
})).node;

describe('the values of AWS calls in a recording', () => {
  it('come back as they were: times, bytes, numbers that JSON has not, members with any name', () => {
    fc.assert(
      fc.property(value, (before) => {
        expect(decode(JSON.parse(JSON.stringify(encode(before))))).to.deep.equal(before);
      }),
      { numRuns: 2000 },
    );
  });

  it('make the same question in whatever order their members stand', () => {
    const [one, other] = [
      { TableName: 't', Key: { a: { S: '1' }, b: { N: '2' } } },
      { Key: { b: { N: '2' }, a: { S: '1' } }, TableName: 't' },
    ];
    expect(canonical(encode(one))).to.equal(canonical(encode(other)));
    expect(canonical(encode(['a', 'b']))).not.to.equal(canonical(encode(['b', 'a'])));
  });
});
