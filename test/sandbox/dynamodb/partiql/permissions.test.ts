import { ExecuteTransactionCommand } from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../../refusal.ts';
import { type Clients, rootArn, Scene } from '../scene.ts';
import { indexedTable, Statements } from './statements.ts';

const tableArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';

describe('permissions on statements', () => {
  let scene: Scene;
  let sql: Statements;
  let count = 0;

  before(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('orders', indexedTable);
    await sql.put('orders', { pk: { S: 'p' }, sk: { S: 's' }, n: { N: '1' } });
  });

  after(() => scene.close());

  const allowed = (Action: string | string[], Condition?: object, Resource = tableArn) =>
    scene.user(`user-${count++}`, [{ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) }]);
  const denied = async (as: Clients, statement: string) => {
    const { name, message } = await refusal(sql.run(statement, undefined, {}, as));
    expect(name, statement).to.equal('AccessDeniedException');
    return message;
  };

  const statements = {
    PartiQLSelect: "SELECT * FROM orders WHERE pk = 'p'",
    PartiQLInsert: "INSERT INTO orders VALUE {'pk': 'new', 'sk': 's'}",
    PartiQLUpdate: "UPDATE orders SET n = 2 WHERE pk = 'p' AND sk = 's'",
    PartiQLDelete: "DELETE FROM orders WHERE pk = 'new' AND sk = 's'",
  };

  it('are those of the kind of statement, not those of the requests like it', async () => {
    const classic = await allowed(['dynamodb:Query', 'dynamodb:*Item', 'dynamodb:Scan']);
    for (const [action, statement] of Object.entries(statements)) {
      const user = await allowed(`dynamodb:${action}`);
      await sql.run(statement, undefined, {}, user);
      expect(await denied(classic, statement)).to.equal(
        `User: ${classic.arn} is not authorized to perform: dynamodb:${action} on resource: ${tableArn} ` +
          `because no identity-based policy allows the dynamodb:${action} action`,
      );
    }
  });

  it('name the index that is read', async () => {
    const statement = `SELECT * FROM "orders"."gsi-all" WHERE gsiPk = 'x'`;
    expect(await denied(await allowed('dynamodb:PartiQLSelect'), statement)).to.contain(
      `${tableArn}/index/gsi-all`,
    );
    const user = await allowed('dynamodb:PartiQLSelect', undefined, `${tableArn}/index/*`);
    await sql.run(statement, undefined, {}, user);
  });

  it('tell a full table scan', async () => {
    const user = await scene.user('no-scans', [
      { Effect: 'Allow', Action: 'dynamodb:PartiQLSelect', Resource: [tableArn, `${tableArn}/index/*`] },
      {
        Effect: 'Deny',
        Action: 'dynamodb:PartiQLSelect',
        Resource: [tableArn, `${tableArn}/index/*`],
        Condition: { Bool: { 'dynamodb:FullTableScan': ['true'] } },
      },
    ]);
    for (const where of ["pk = 'p'", "pk IN ['p', 'q']", "pk = 'p' OR pk = 'q'", "pk = 'p' AND n > 5"]) {
      await sql.run(`SELECT * FROM orders WHERE ${where}`, undefined, {}, user);
    }
    for (const statement of [
      'SELECT * FROM orders',
      "SELECT * FROM orders WHERE pk > 'p'",
      "SELECT * FROM orders WHERE pk = 'p' OR n = 5",
      `SELECT * FROM "orders"."gsi-all" WHERE pk = 'p'`,
    ]) {
      expect(await denied(user, statement)).to.contain('with an explicit deny in an identity-based policy');
    }
  });

  it('know leading keys and attributes', async () => {
    const keyed = await allowed('dynamodb:PartiQL*', {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['p'] },
    });
    await sql.run("SELECT * FROM orders WHERE pk = 'p' AND sk = 's'", undefined, {}, keyed);
    await sql.run("UPDATE orders SET n = 3 WHERE pk = 'p' AND sk = 's'", undefined, {}, keyed);
    await denied(keyed, "SELECT * FROM orders WHERE pk IN ['p', 'other']");
    await denied(keyed, "INSERT INTO orders VALUE {'pk': 'other', 'sk': 's'}");
    const narrow = await allowed('dynamodb:PartiQL*', {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'n'] },
      StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    });
    await sql.run("SELECT n FROM orders WHERE pk = 'p'", undefined, {}, narrow);
    await sql.run("UPDATE orders SET n = n + 1 WHERE pk = 'p' AND sk = 's'", undefined, {}, narrow);
    await denied(narrow, "SELECT * FROM orders WHERE pk = 'p'");
    await denied(narrow, "SELECT secret FROM orders WHERE pk = 'p'");
    await denied(narrow, "SELECT n FROM orders WHERE pk = 'p' AND secret = 1");
    await denied(narrow, "UPDATE orders SET n = secret WHERE pk = 'p' AND sk = 's'");
  });

  it('know the transaction around a statement', async () => {
    const user = await allowed('dynamodb:PartiQLSelect', {
      StringEquals: { 'dynamodb:EnclosingOperation': ['ExecuteTransaction'] },
    });
    const statement = "SELECT * FROM orders WHERE pk = 'p' AND sk = 's'";
    await user.dynamodb.send(
      new ExecuteTransactionCommand({ TransactStatements: [{ Statement: statement }] }),
    );
    await denied(user, statement);
  });

  it('include the key of an encrypted table', async () => {
    const keyArn = await scene.key({
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [rootArn] },
            NotAction: 'kms:Decrypt',
            Resource: '*',
          },
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::123456789012:user/${scene.sandbox.administrator.userName}` },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      }),
    });
    await scene.table('sealed', {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    const user = await scene.user('keyless', 'AmazonDynamoDBFullAccess');
    for (const statement of [
      "SELECT * FROM sealed WHERE id = 'x'",
      "INSERT INTO sealed VALUE {'id': 'x'}",
      "UPDATE sealed SET a = 1 WHERE id = 'x'",
      "DELETE FROM sealed WHERE id = 'x'",
    ]) {
      expect(await denied(user, statement)).to.match(/^KMS key access denied error: .*kms:Decrypt/);
    }
    await sql.run("INSERT INTO sealed VALUE {'id': 'x'}");
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    expect(await refusal(sql.run("SELECT * FROM sealed WHERE id = 'x'"))).to.deep.include({
      name: 'ValidationException',
    });
  });
});
