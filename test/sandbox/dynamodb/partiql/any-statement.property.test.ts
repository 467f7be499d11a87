import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { Scene } from '../scene.ts';
import { indexedTable, Statements } from './statements.ts';

const path = fc.constantFrom(
  'pk',
  'sk',
  'gsiPk',
  'n',
  'map.inner',
  'list[0]',
  'list[1].x',
  '"odd name"',
  'nothing',
);
const value = fc.constantFrom(
  "'p'",
  "'s1'",
  "''",
  '1',
  '-0.5',
  '1e40',
  'true',
  'NULL',
  '[1]',
  "{'a': 1}",
  '<<1, 2>>',
  '?',
);
const operand = fc.oneof(
  path,
  value,
  path.map((inner) => `size(${inner})`),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(operand, fc.constantFrom('=', '<>', '<', '>='), operand).map((parts) => parts.join(' ')),
    fc.tuple(operand, operand, operand).map(([a, low, high]) => `${a} BETWEEN ${low} AND ${high}`),
    fc.tuple(path, value, value).map(([a, b, c]) => `${a} IN [${b}, ${c}]`),
    fc
      .tuple(path, fc.constantFrom('MISSING', 'NOT MISSING', 'NULL', 'STRING'))
      .map(([a, type]) => `${a} IS ${type}`),
    fc
      .tuple(fc.constantFrom('begins_with', 'contains', 'attribute_type'), operand, operand)
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    tie('condition').map((inner) => `NOT (${inner})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
      .map(([a, word, b]) => `(${a} ${word} ${b})`),
  ),
}));
const source = fc.constantFrom(
  '"any"',
  '"any"."gsi-all"',
  '"any"."gsi-inc"',
  '"any"."lsi-keys"',
  '"any"."no-such"',
);
const statement = fc.oneof(
  fc
    .tuple(
      fc.oneof(fc.constant('*'), path),
      source,
      condition,
      fc.constantFrom('', ' ORDER BY sk', ' ORDER BY pk DESC'),
    )
    .map(([what, from, where, order]) => `SELECT ${what} FROM ${from} WHERE ${where}${order}`),
  fc
    .tuple(
      path,
      operand,
      fc.constantFrom('', ' + 1', ' - n'),
      condition,
      fc.constantFrom('', ' RETURNING ALL NEW *'),
    )
    .map(
      ([target, term, more, where, returning]) =>
        `UPDATE "any" SET ${target} = ${term}${more} WHERE pk = 'p' AND sk = 's1' AND ${where}${returning}`,
    ),
  condition.map((where) => `DELETE FROM "any" WHERE pk = 'p' AND sk = 's2' AND ${where}`),
  fc.tuple(value, value).map(([a, b]) => `INSERT INTO "any" VALUE {'pk': 'p', 'sk': ${a}, 'n': ${b}}`),
);

describe('any statement', () => {
  let scene: Scene;
  let sql: Statements;

  before(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('any', indexedTable);
  });

  after(() => scene.close());

  it('is carried out or refused, and never fails', async () => {
    await sql.put('any', { pk: { S: 'p' }, sk: { S: 's1' }, n: { N: '1' }, gsiPk: { S: 'p' } });
    const answers = { carriedOut: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(statement, async (text) => {
        const Parameters = Array.from({ length: text.split('?').length - 1 }, () => ({ S: 'p' }));
        try {
          await sql.run(text, Parameters.length > 0 ? Parameters : undefined);
          answers.carriedOut++;
        } catch (error) {
          expect(error).to.be.instanceOf(DynamoDBServiceException);
          expect((error as DynamoDBServiceException).$metadata.httpStatusCode, String(error)).to.equal(400);
          answers.refused++;
        }
      }),
      { numRuns: 250 },
    );
    expect(answers.carriedOut).to.be.above(20);
    expect(answers.refused).to.be.above(20);
  });
});
