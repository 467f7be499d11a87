import { BatchExecuteStatementCommand, type BatchStatementRequest } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../../refusal.ts';
import { type Clients, Scene } from '../scene.ts';
import { Statements } from './statements.ts';

const text = (S: string) => ({ S });

describe('BatchExecuteStatement', () => {
  let scene: Scene;
  let sql: Statements;

  before(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('music');
    await scene.table('secret');
    await sql.put('music', { id: text('a'), n: { N: '1' } }, { id: text('b'), n: { N: '2' } });
  });

  after(() => scene.close());

  const run = (
    statements: readonly (string | BatchStatementRequest)[],
    more = {},
    as: Clients = scene.admin,
  ) =>
    as.dynamodb.send(
      new BatchExecuteStatementCommand({
        Statements: statements.map((statement) =>
          typeof statement === 'string' ? { Statement: statement } : statement,
        ),
        ...more,
      }),
    );

  it('reads items one by one, in the order of the statements', async () => {
    const { Responses } = await run([
      "SELECT * FROM music WHERE id = 'b'",
      { Statement: 'SELECT n FROM music WHERE id = ?', Parameters: [text('a')], ConsistentRead: true },
      "SELECT * FROM music WHERE id = 'nobody'",
    ]);
    expect(Responses).to.deep.equal([
      { TableName: 'music', Item: { id: text('b'), n: { N: '2' } } },
      { TableName: 'music', Item: { n: { N: '1' } } },
      { TableName: 'music' },
    ]);
  });

  it('carries out what can be, and says of each other statement why not', async () => {
    const { Responses = [], ConsumedCapacity } = await run(
      [
        "INSERT INTO music VALUE {'id': 'new'}",
        "INSERT INTO music VALUE {'id': 'a'}",
        "UPDATE music SET n = 5 WHERE id = 'a' AND n = 7",
        "DELETE FROM nowhere WHERE id = 'a'",
        "SLECT * FROM music WHERE id = 'a'",
        "DELETE FROM music WHERE id = 'a' RETURNING MODIFIED OLD *",
        "UPDATE music SET n = 6 WHERE id = 'b' RETURNING ALL NEW *",
        "UPDATE music REMOVE n WHERE id = 'b' RETURNING MODIFIED NEW *",
      ],
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(Responses.map(({ Error: error }) => error?.Code)).to.deep.equal([
      undefined,
      'DuplicateItem',
      'ConditionalCheckFailed',
      'ResourceNotFound',
      'ValidationError',
      'ValidationError',
      undefined,
      undefined,
    ]);
    expect(Responses[4]?.Error?.Message).to.equal(
      "Statement wasn't well formed, can't be processed: Expected data manipulation",
    );
    expect(Responses[6]).to.deep.equal({ TableName: 'music', Item: { id: text('b'), n: { N: '6' } } });
    expect(Responses[7]).to.deep.equal({ TableName: 'music' });
    expect(ConsumedCapacity).to.deep.equal([{ TableName: 'music', CapacityUnits: 3 }]);
    expect(await sql.get('music', { id: text('new') })).to.deep.equal({ id: text('new') });
  });

  it('reads no more than one item with a statement', async () => {
    for (const statement of [
      'SELECT * FROM music',
      "SELECT * FROM music WHERE id IN ['a', 'b']",
      "SELECT * FROM music WHERE id = 'a' AND n = 1",
    ]) {
      const { Responses } = await run([statement]);
      expect(Responses?.[0]?.Error, statement).to.deep.equal({
        Code: 'ValidationError',
        Message:
          'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
      });
    }
  });

  it('refuses batches that are none', async () => {
    expect(await refusal(run([]))).to.deep.include({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '[]' at 'statements' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
    expect(
      await refusal(run(Array.from({ length: 26 }, () => "SELECT * FROM music WHERE id = 'a'"))),
    ).to.deep.include({
      name: 'ValidationException',
    });
    expect(
      await refusal(run(["SELECT * FROM music WHERE id = 'a'", "DELETE FROM music WHERE id = 'a'"])),
    ).to.deep.include({ name: 'ValidationException' });
  });

  it('is allowed or denied statement by statement', async () => {
    const user = await scene.user('reader', [
      { Effect: 'Allow', Action: 'dynamodb:PartiQLSelect', Resource: 'arn:aws:dynamodb:*:*:table/music' },
    ]);
    const { Responses } = await run(
      ["SELECT * FROM music WHERE id = 'b'", "SELECT * FROM secret WHERE id = 'b'"],
      {},
      user,
    );
    expect(Responses?.[0]).to.have.property('Item');
    expect(Responses?.[1]?.Error?.Code).to.equal('AccessDenied');
    expect(Responses?.[1]?.Error?.Message).to.contain(
      'is not authorized to perform: dynamodb:PartiQLSelect on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/secret',
    );
  });
});
