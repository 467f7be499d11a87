import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { refusal } from '../../refusal.ts';
import { Scene } from '../scene.ts';
import { type Item, indexedTable, Statements } from './statements.ts';

const text = (S: string) => ({ S });
const sortKeys = (items: readonly Item[]) => items.map((item) => item.sk?.S);

describe('SELECT', () => {
  let scene: Scene;
  let sql: Statements;

  before(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('orders', indexedTable);
    const item = (pk: string, sk: string, more: Item = {}): Item => ({ pk: text(pk), sk: text(sk), ...more });
    await sql.put(
      'orders',
      item('p', 's1', {
        gsiPk: text('x'),
        lsiSk: text('l3'),
        projected: text('a'),
        hidden: text('h1'),
        n: { N: '1' },
      }),
      item('p', 's2', {
        gsiPk: text('y'),
        lsiSk: text('l2'),
        projected: text('b'),
        hidden: text('h2'),
        n: { N: '2' },
      }),
      item('p', 's3', { n: { N: '30' }, flag: { NULL: true } }),
      item('p', 't4', {
        gsiPk: text('x'),
        lsiSk: text('l1'),
        projected: text('a'),
        tags: { SS: ['u', 'v'] },
      }),
      item('q', 's1', {
        map: { M: { list: { L: [{ N: '1' }, { M: { deep: text('found') } }] }, 'odd name': text('odd') } },
        raw: { B: Uint8Array.of(1, 2, 3) },
      }),
    );
  });

  after(() => scene.close());

  const found = async (where: string, parameters?: Parameters<Statements['run']>[1]) =>
    sortKeys(await sql.items(`SELECT * FROM "orders" WHERE ${where}`, parameters));

  it('reads one item, a partition, a range of it, or the whole table', async () => {
    expect(await found("pk = 'p' AND sk = 's1'")).to.deep.equal(['s1']);
    expect(await found("pk = 'p'")).to.deep.equal(['s1', 's2', 's3', 't4']);
    expect(await found("pk = 'p' AND sk BETWEEN 's2' AND 's9'")).to.deep.equal(['s2', 's3']);
    expect(await found("pk = 'p' AND begins_with(sk, 's') AND sk <> 's2'")).to.deep.equal(['s1', 's3']);
    expect(await found("'s2' < sk AND pk = 'p'")).to.deep.equal(['s3', 't4']);
    expect(await sql.items('SELECT * FROM orders;')).to.have.length(5);
    expect(await found("sk = 's1'")).to.have.length(2);
  });

  it('reads several partitions', async () => {
    expect(await found("pk IN ['q', 'p', 'none'] AND sk <= 's2'")).to.deep.equal(['s1', 's1', 's2']);
    expect(await found("pk = 'q' OR pk = 'p' AND sk = 't4'")).to.deep.equal(['s1', 't4']);
    expect(await found("(pk = 'p' AND n = 1) OR (pk = 'p' AND n = 2)")).to.deep.equal(['s1', 's2']);
    expect(await found("pk = 'p' AND pk = 'q'")).to.deep.equal([]);
  });

  it('knows the operators and functions', async () => {
    const cases: [where: string, sk: string[]][] = [
      ['n > 1 AND n < 30', ['s2']],
      ['n >= 2 AND NOT n = 30', ['s2']],
      ['n IN (1, 30)', ['s1', 's3']],
      ['n != 1 AND n IS NOT MISSING', ['s2', 's3']],
      ['flag IS NULL', ['s3']],
      ['flag = NULL', ['s3']],
      ['n IS MISSING', ['t4']],
      ["tags = <<'v', 'u'>>", ['t4']],
      ["contains(tags, 'u')", ['t4']],
      ['size(tags) = 2', ['t4']],
      ["attribute_type(n, 'N') AND n < 2", ['s1']],
      ['n IS NUMERIC AND NOT (n < 2 OR n > 2)', ['s2']],
      ["projected = 'a' AND (n = 1 OR n IS MISSING)", ['s1', 't4']],
      ["sk = 's1' OR sk = 's3'", ['s1', 's3']],
      ['hidden = hidden', ['s1', 's2']],
    ];
    for (const [where, sk] of cases) {
      expect(await found(`pk = 'p' AND (${where})`), where).to.deep.equal(sk);
    }
  });

  it('takes parameters in their order, of every type', async () => {
    expect(await found('pk = ? AND n BETWEEN ? AND ?', [text('p'), { N: '2' }, { N: '3e1' }])).to.deep.equal([
      's2',
      's3',
    ]);
    expect(await found('pk = ? AND raw = ?', [text('q'), { B: Uint8Array.of(1, 2, 3) }])).to.deep.equal([
      's1',
    ]);
    for (const parameters of [[text('p')], [text('p'), text('a'), text('b')]]) {
      expect(
        await refusal(sql.run('SELECT * FROM orders WHERE pk = ? AND sk = ?', parameters)),
      ).to.deep.include({
        name: 'ValidationException',
        message: "Number of parameters in request and statement don't match.",
      });
    }
  });

  it('gives what it names under the last names of the paths', async () => {
    const statement = `SELECT pk, map.list[1].deep, map."odd name", map['list'][0], nothing FROM orders WHERE pk = 'q'`;
    expect(await sql.items(statement)).to.deep.equal([
      { pk: text('q'), deep: text('found'), 'odd name': text('odd'), _4: { N: '1' } },
    ]);
  });

  it('orders by keys', async () => {
    expect(await found("pk = 'p' ORDER BY sk DESC")).to.deep.equal(['t4', 's3', 's2', 's1']);
    const both = await sql.items("SELECT pk, sk FROM orders WHERE pk IN ['p', 'q'] ORDER BY pk DESC, sk ASC");
    expect(both.map(({ pk, sk }) => `${pk?.S}${sk?.S}`)).to.deep.equal(['qs1', 'ps1', 'ps2', 'ps3', 'pt4']);
    const refusals = {
      'SELECT * FROM orders ORDER BY sk':
        'Must have WHERE clause in the statement when using ORDER BY clause.',
      "SELECT * FROM orders WHERE pk = 'p' ORDER BY n":
        'Variable reference n in ORDER BY clause must be part of the primary key',
      "SELECT * FROM orders WHERE pk > 'p' ORDER BY sk":
        'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
      "SELECT * FROM orders WHERE pk IN ['p', 'q'] ORDER BY sk":
        'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    };
    for (const [statement, message] of Object.entries(refusals)) {
      expect(await refusal(sql.run(statement)), statement).to.deep.include({
        name: 'ValidationException',
        message,
      });
    }
  });

  it('goes on where a page ended', async () => {
    for (const statement of [
      'SELECT * FROM orders',
      "SELECT * FROM orders WHERE pk IN ['q', 'p']",
      "SELECT * FROM orders WHERE pk = 'p' AND n IS NOT MISSING ORDER BY sk DESC",
      `SELECT * FROM "orders"."gsi-all" WHERE gsiPk = 'x'`,
      `SELECT * FROM "orders"."lsi-keys"`,
    ]) {
      const all = await sql.items(statement);
      for (const Limit of [1, 2, 3]) {
        const pages: Item[][] = [];
        let NextToken: string | undefined;
        do {
          const page = await sql.run(statement, undefined, { Limit, ...(NextToken && { NextToken }) });
          expect(page.Items?.length).to.be.at.most(Limit);
          pages.push(page.Items ?? []);
          NextToken = page.NextToken;
        } while (NextToken !== undefined);
        expect(pages.flat(), `${statement} by ${Limit}`).to.deep.equal(all);
      }
    }
  });

  it('keeps a token to its statement', async () => {
    const { NextToken, LastEvaluatedKey } = await sql.run('SELECT * FROM orders', undefined, { Limit: 1 });
    expect(Object.keys(LastEvaluatedKey ?? {})).to.have.members(['pk', 'sk']);
    expect(
      await refusal(sql.run("SELECT * FROM orders WHERE pk = 'p'", undefined, { NextToken })),
    ).to.deep.include({ name: 'ValidationException', message: 'NextToken does not match request' });
    for (const token of [
      'garbage',
      Buffer.from('[1,2,3,4]').toString('base64'),
      Buffer.from('{').toString('base64'),
    ]) {
      expect(await refusal(sql.run('SELECT * FROM orders', undefined, { NextToken: token }))).to.deep.include(
        {
          name: 'ValidationException',
          message: 'Invalid NextToken',
        },
      );
    }
  });

  it('reads through indexes as far as they hold what is asked', async () => {
    const inIndex = (statement: string) => sql.items(statement.replace('FROM ', 'FROM "orders".'));
    expect(sortKeys(await inIndex(`SELECT * FROM "gsi-all" WHERE gsiPk = 'x'`))).to.have.members([
      's1',
      't4',
    ]);
    const [kept] = await inIndex(`SELECT * FROM "gsi-inc" WHERE gsiPk = 'y'`);
    expect(Object.keys(kept ?? {})).to.have.members(['pk', 'sk', 'gsiPk', 'projected']);
    expect(await inIndex(`SELECT hidden FROM "lsi-keys" WHERE pk = 'p'`)).to.deep.equal([
      {},
      { hidden: text('h2') },
      { hidden: text('h1') },
    ]);
    expect(await inIndex(`SELECT pk FROM "gsi-inc" WHERE hidden = 'h1'`)).to.deep.equal([]);
    const wrong = 'One or more parameter values were invalid:';
    const refusals = {
      'SELECT hidden FROM "gsi-inc" WHERE gsiPk = \'y\'': `${wrong} Global secondary index gsi-inc does not project [hidden]`,
      'SELECT pk FROM "gsi-inc" WHERE gsiPk = \'y\' AND hidden IS MISSING': `${wrong} Secondary index gsi-inc does not project one or more filter attributes: [hidden]`,
      "SELECT pk FROM \"lsi-keys\" WHERE pk = 'p' AND NOT hidden = 'h1'": `${wrong} Secondary index lsi-keys does not project one or more filter attributes: [hidden]`,
      'SELECT * FROM "no-such" WHERE pk = \'p\'': 'The table does not have the specified index',
    };
    for (const [statement, message] of Object.entries(refusals)) {
      expect(await refusal(inIndex(statement)), statement).to.deep.include({
        name: 'ValidationException',
        message,
      });
    }
    expect(
      await refusal(
        sql.run(`SELECT * FROM "orders"."gsi-all" WHERE gsiPk = 'x'`, undefined, { ConsistentRead: true }),
      ),
    ).to.deep.include({ message: 'Strongly consistent read is not supported on Global Secondary Indexes' });
  });

  it('says what it consumed, on the arm where it read', async () => {
    const of = async (statement: string, more = {}) =>
      (await sql.run(statement, undefined, { ReturnConsumedCapacity: 'INDEXES', ...more })).ConsumedCapacity;
    expect(await of("SELECT * FROM orders WHERE pk = 'p'")).to.deep.include({
      TableName: 'orders',
      CapacityUnits: 0.5,
    });
    expect(await of("SELECT * FROM orders WHERE pk IN ['p', 'q']")).to.deep.include({ CapacityUnits: 1 });
    expect(await of("SELECT * FROM orders WHERE pk = 'p'", { ConsistentRead: true })).to.deep.include({
      CapacityUnits: 1,
    });
    const throughIndex = await of(`SELECT * FROM "orders"."gsi-all" WHERE gsiPk = 'x'`);
    expect(throughIndex?.Table?.CapacityUnits).to.equal(0);
    expect(throughIndex?.GlobalSecondaryIndexes?.['gsi-all']?.CapacityUnits).to.equal(0.5);
  });

  it('finds what a Query finds', async () => {
    const keys = fc.constantFrom('s1', 's2', 's25', 's3', 't', 't4', 'z');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('=', '<', '<=', '>', '>='), keys, async (operator, key) => {
        const pages = paginateQuery(
          { client: scene.admin.dynamodb, pageSize: 2 },
          {
            TableName: 'orders',
            KeyConditionExpression: `pk = :p AND sk ${operator} :s`,
            ExpressionAttributeValues: { ':p': text('p'), ':s': text(key) },
          },
        );
        const expected: Item[] = [];
        for await (const page of pages) expected.push(...(page.Items ?? []));
        const statement = `SELECT * FROM "orders" WHERE pk = ? AND sk ${operator} ?`;
        expect(await sql.items(statement, [text('p'), text(key)])).to.deep.equal(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses before and after it looks for the table, in AWS’s order', async () => {
    const unordered =
      'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL';
    expect(
      await refusal(sql.run('SELECT pk FROM nowhere WHERE pk = ? AND val < ?', [text('x'), { BOOL: true }])),
    ).to.deep.include({ name: 'ValidationException', message: unordered });
    expect(await refusal(sql.run("SELECT pk FROM nowhere WHERE pk = 'x'"))).to.deep.include({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(await refusal(sql.run('SELECT pk FROM orders WHERE pk = 5'))).to.deep.include({
      name: 'ValidationException',
      message: "Key attribute's data type should match its data type in table's schema: Key pk",
    });
    const many = Array.from({ length: 51 }, (_, index) => `'${index}'`).join(', ');
    expect(await refusal(sql.run(`SELECT * FROM orders WHERE pk IN [${many}]`))).to.deep.include({
      message: 'Too many decomposed read operations for a given query.',
    });
  });

  it('takes a table by its ARN', async () => {
    const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
    expect(await sql.items(`SELECT * FROM "${arn}" WHERE pk = 'q'`)).to.have.length(1);
  });
});
