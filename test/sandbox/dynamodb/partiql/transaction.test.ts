import {
  ExecuteTransactionCommand,
  type ParameterizedStatement,
  type TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../../refusal.ts';
import { Scene } from '../scene.ts';
import { Statements } from './statements.ts';

const text = (S: string) => ({ S });

describe('ExecuteTransaction', () => {
  let scene: Scene;
  let sql: Statements;

  beforeEach(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('accounts');
    await sql.put('accounts', { id: text('a'), n: { N: '10' } }, { id: text('b'), n: { N: '0' } });
  });

  afterEach(() => scene.close());

  const run = (statements: readonly (string | ParameterizedStatement)[], more = {}) =>
    scene.admin.dynamodb.send(
      new ExecuteTransactionCommand({
        TransactStatements: statements.map((statement) =>
          typeof statement === 'string' ? { Statement: statement } : statement,
        ),
        ...more,
      }),
    );
  const reasons = async (request: Promise<unknown>) => {
    const error = await request.then(
      () => undefined,
      (thrown: TransactionCanceledException) => thrown,
    );
    expect(error?.name).to.equal('TransactionCanceledException');
    return error?.CancellationReasons;
  };

  it('moves an amount, if all agrees', async () => {
    const move = (amount: number) =>
      run([
        `UPDATE accounts SET n = n - ${amount} WHERE id = 'a' AND n >= ${amount}`,
        `UPDATE accounts SET n = n + ${amount} WHERE id = 'b'`,
        `INSERT INTO accounts VALUE {'id': 'receipt-${amount}'}`,
      ]);
    await move(4);
    expect(await reasons(move(7))).to.deep.equal([
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      { Code: 'None' },
      { Code: 'None' },
    ]);
    expect(
      await sql.items('SELECT n FROM accounts WHERE id IN [?, ?]', [text('a'), text('b')]),
    ).to.deep.equal([{ n: { N: '6' } }, { n: { N: '4' } }]);
    expect(await sql.get('accounts', { id: text('receipt-7') })).to.equal(undefined);
  });

  it('is cancelled by what is there already', async () => {
    const request = run(["INSERT INTO accounts VALUE {'id': 'a'}", "INSERT INTO accounts VALUE {'id': 'c'}"]);
    expect(await reasons(request)).to.deep.equal([
      { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      { Code: 'None' },
    ]);
    expect(await sql.get('accounts', { id: text('c') })).to.equal(undefined);
  });

  it('checks other items with EXISTS', async () => {
    const check = (condition: string) =>
      run([
        `EXISTS(SELECT * FROM accounts WHERE id = 'a' AND ${condition})`,
        "DELETE FROM accounts WHERE id = 'b'",
      ]);
    expect((await reasons(check('n > 50')))?.[0]?.Code).to.equal('ConditionalCheckFailed');
    await check('n IS NOT MISSING');
    expect(await sql.get('accounts', { id: text('b') })).to.equal(undefined);
    expect(await refusal(run(["EXISTS(SELECT * FROM accounts WHERE id = 'a')"]))).to.deep.include({
      name: 'ValidationException',
      message:
        'Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional condition',
    });
  });

  it('reads items together', async () => {
    const { Responses, ConsumedCapacity } = await run(
      ["SELECT n FROM accounts WHERE id = 'a'", "SELECT * FROM accounts WHERE id = 'nobody'"],
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(Responses).to.deep.equal([{ Item: { n: { N: '10' } } }, {}]);
    expect(ConsumedCapacity?.[0]?.ReadCapacityUnits).to.equal(4);
  });

  it('is carried out once under one token', async () => {
    const statements = ["UPDATE accounts SET n = n + 1 WHERE id = 'b'"];
    const options = { ClientRequestToken: 'once', ReturnConsumedCapacity: 'TOTAL' };
    const first = await run(statements, options);
    const again = await run(statements, options);
    expect(first.ConsumedCapacity?.[0]).to.deep.include({ WriteCapacityUnits: 2 });
    expect(again.ConsumedCapacity?.[0]).to.deep.include({ ReadCapacityUnits: 2 });
    expect(await sql.get('accounts', { id: text('b') })).to.deep.include({ n: { N: '1' } });
    expect(await refusal(run(["DELETE FROM accounts WHERE id = 'b'"], options))).to.deep.include({
      name: 'IdempotentParameterMismatchException',
    });
  });

  it('says which statement it refuses', async () => {
    const failed = (position: number, why: string) =>
      `Validation failed in TransactStatements[${position}]: ${why}`;
    const read = "SELECT * FROM accounts WHERE id = 'a'";
    const cases: [statements: string[], message: string][] = [
      [
        [`${read} AND`],
        failed(
          0,
          "Statement wasn't well formed, can't be processed: Missing right-hand side expression of infix operator",
        ),
      ],
      [
        ["UPDATE accounts SET n = 1 WHERE id = 'x' RETURNING ALL NEW *"],
        failed(0, 'RETURNING clause is not supported in ExecuteTransaction.'),
      ],
      [
        [read, 'SELECT * FROM "accounts"."index" WHERE x = 1'],
        failed(1, 'Reads on indices are not supported within transactions.'),
      ],
      [
        [read, 'SELECT * FROM accounts'],
        failed(
          1,
          'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
        ),
      ],
      [
        ["DELETE FROM accounts WHERE x = 'x'"],
        failed(0, 'Where clause does not contain a mandatory equality on all key attributes'),
      ],
      [[read, read], 'Transaction request cannot include multiple operations on one item'],
      [
        [read, "DELETE FROM accounts WHERE id = 'b'"],
        'The entire transaction must consist of either read statements or write statements.',
      ],
    ];
    for (const [statements, message] of cases) {
      expect(await refusal(run(statements)), statements.join()).to.deep.equal({
        name: 'ValidationException',
        message,
        status: 400,
      });
    }
    expect(await refusal(run([]))).to.deep.include({ name: 'ValidationException' });
  });
});
