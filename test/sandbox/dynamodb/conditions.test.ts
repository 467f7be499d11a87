import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { equal, order } from '../../../sandbox/services/dynamodb/dynalite/attribute-values.ts';
import { Scene } from './scene.ts';

/** The names stand for themselves in the expressions; `gone`, `nope` and `tree.gone` are not there. */
const item = {
  id: { S: '1' },
  n: { N: '10' },
  m: { N: '1E1' },
  s: { S: 'abc' },
  t: { S: 'abd' },
  bin: { B: Buffer.from('abc') },
  flag: { BOOL: true },
  texts: { SS: ['a', 'b'] },
  many: { L: [{ S: 'a' }, { M: { x: { N: '1' } } }] },
  tree: { M: { a: { N: '1' }, b: { L: [{ S: 'q' }] } } },
  twin: { M: { b: { L: [{ S: 'q' }] }, a: { N: '1' } } },
};

const values: Record<string, unknown> = {
  ':abc': { S: 'abc' },
  ':b': { S: 'b' },
  ':bin': { B: Buffer.from('ab') },
  ':five': { N: '5' },
  ':ten': { N: '10.0' },
  ':texts': { SS: ['b', 'a'] },
  ':tree': { M: { a: { N: '1' }, b: { L: [{ S: 'q' }] } } },
  ':x': { M: { x: { N: '1' } } },
  ':N': { S: 'N' },
  ':three': { N: '3' },
};

describe('condition expressions', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.start();
    await scene.table('one-item');
    await scene.admin.dynamodb.send(new PutItemCommand({ TableName: 'one-item', Item: item }));
  });

  after(() => scene.close());

  const expected: [string, boolean][] = [
    ['n = :ten', true],
    ['n = m', true],
    ['n <> :five', true],
    ['n < :five', false],
    ['n >= :ten', true],
    ['n BETWEEN :five AND :ten', true],
    ['n IN (:five, :ten)', true],
    ['s < t', true],
    ['s = n', false],
    ['s < n', false],
    ['texts = :texts', true],
    ['tree = :tree', true],
    ['tree = twin', true],
    ['tree <> twin', false],
    ['tree.a = many[1].x', true],
    ['tree IN (n, twin)', true],
    ['begins_with(s, :abc)', true],
    ['begins_with(s, t)', false],
    ['begins_with(bin, :bin)', true],
    ['contains(s, :b)', true],
    ['contains(texts, :b)', true],
    ['contains(many, :x)', true],
    ['contains(many, :b)', false],
    ['contains(bin, :bin)', true],
    ['attribute_exists(tree.b[0])', true],
    ['attribute_exists(tree.b[1])', false],
    ['attribute_not_exists(nope)', true],
    ['attribute_type(n, :N)', true],
    ['attribute_type(s, :N)', false],
    ['size(s) = :three', true],
    ['size(many) < :three', true],
    ['size(tree) < :three', true],
    ['size(n) < :three', false],
    ['NOT (s = t) AND (n = :five OR flag <> n)', true],
    // What is not there compares with nothing.
    ['gone = nope', false],
    ['gone = :five', false],
    ['gone < :five', false],
    ['gone <= nope', false],
    ['gone <> :five', true],
    ['n BETWEEN gone AND :ten', false],
    ['n BETWEEN :five AND s', false],
    ['NOT n BETWEEN gone AND :ten', true],
    ['n IN (gone, :ten)', true],
    ['gone IN (nope)', false],
    ['begins_with(s, gone)', false],
    ['begins_with(gone, nope)', false],
    ['contains(s, gone)', false],
    ['size(gone) < :five', false],
    ['tree.gone = :five', false],
  ];
  for (const [expression, result] of expected) {
    it(`${expression} is ${result}`, async () => {
      const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
      const { Count } = await scene.admin.dynamodb.send(
        new ScanCommand({
          TableName: 'one-item',
          FilterExpression: expression,
          ExpressionAttributeValues:
            used.length > 0 ? (Object.fromEntries(used) as Record<string, never>) : undefined,
        }),
      );
      expect(Count).to.equal(result ? 1 : 0);
    });
  }

  it('order numbers by value and text by its UTF-8 bytes', () => {
    const number = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000);
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sign = Math.sign(order({ N: String(a) }, { N: String(b) }) ?? Number.NaN);
        expect(sign).to.equal(Math.sign(a - b));
      }),
    );
    expect(order({ S: '\uffff' }, { S: '\u{1f511}' })).to.be.lessThan(0);
    expect(order({ S: '1' }, { N: '1' })).to.equal(undefined);
  });

  it('find a value equal to itself, and to nothing of another type', () => {
    const scalar = fc.oneof(
      fc.string().map((S) => ({ S })),
      fc.integer().map((N) => ({ N: String(N) })),
    );
    const value = fc.oneof(
      scalar,
      fc.array(scalar).map((L) => ({ L })),
      fc.dictionary(fc.string(), scalar).map((M) => ({ M })),
    );
    fc.assert(
      fc.property(value, (one) => {
        expect(equal(one, structuredClone(one))).to.equal(true);
        expect(equal(one, { L: [one] })).to.equal(false);
        expect(equal({ L: [one] }, { M: { one } })).to.equal(false);
      }),
    );
  });
});
