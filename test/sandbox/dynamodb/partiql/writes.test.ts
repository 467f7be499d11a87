import { expect } from 'chai';
import { refusal } from '../../refusal.ts';
import { Scene } from '../scene.ts';
import { type Item, Statements } from './statements.ts';

const text = (S: string) => ({ S });
const list = (...elements: string[]) => ({ L: elements.map(text) });

describe('INSERT, UPDATE and DELETE', () => {
  let scene: Scene;
  let sql: Statements;

  before(async () => {
    scene = await Scene.start();
    sql = new Statements(scene);
    await scene.table('music');
  });

  after(() => scene.close());

  let count = 0;
  const stored = async (item: Item): Promise<string> => {
    const id = `item-${count++}`;
    await sql.put('music', { id: text(id), ...item });
    return id;
  };
  const get = (id: string) => sql.get('music', { id: text(id) });

  it('inserts literals and parameters, and never replaces', async () => {
    const { Items } = await sql.run(
      `INSERT INTO "music" VALUE {'id': 'new', 'n': -1.50e1, 'set': <<'a', 'b'>>, 'list': [1, null, true], 'map': {'in': ?}}`,
      [{ B: Uint8Array.of(7) }],
    );
    expect(Items).to.deep.equal([]);
    expect(await get('new')).to.deep.equal({
      id: text('new'),
      n: { N: '-15' },
      set: { SS: ['a', 'b'] },
      list: { L: [{ N: '1' }, { NULL: true }, { BOOL: true }] },
      map: { M: { in: { B: Uint8Array.of(7) } } },
    });
    expect(await refusal(sql.run("INSERT INTO music VALUE {'id': 'new'}"))).to.deep.equal({
      name: 'DuplicateItemException',
      message: 'Duplicate primary key exists in table',
      status: 400,
    });
    expect(await refusal(sql.run("INSERT INTO music VALUE {'other': 'x'}"))).to.deep.include({
      name: 'ValidationException',
    });
  });

  it('updates what is there', async () => {
    const id = await stored({
      n: { N: '1' },
      tags: { SS: ['a'] },
      map: { M: { deep: list('x') } },
      gone: text('g'),
    });
    await sql.run(
      "UPDATE music SET n = n + ?, map.deep = list_append(map.deep, ['y']) SET tags = set_add(tags, <<'b'>>) " +
        'SET copy = gone REMOVE gone WHERE id = ?',
      [{ N: '4' }, text(id)],
    );
    expect(await get(id)).to.deep.equal({
      id: text(id),
      n: { N: '5' },
      tags: { SS: ['a', 'b'] },
      map: { M: { deep: list('x', 'y') } },
      copy: text('g'),
    });
    await sql.run("UPDATE music SET tags = set_delete(tags, <<'a'>>), n = n - 1 WHERE id = ? AND n = 5", [
      text(id),
    ]);
    expect(await get(id)).to.deep.include({ tags: { SS: ['b'] }, n: { N: '4' } });
  });

  it('makes no item of an update, and heeds what else must hold', async () => {
    const failed = {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      status: 400,
    };
    expect(await refusal(sql.run("UPDATE music SET a = 1 WHERE id = 'nobody'"))).to.deep.equal(failed);
    expect(await get('nobody')).to.equal(undefined);
    const id = await stored({ name: text('alpha') });
    for (const condition of [`"name" = 'beta'`, `NOT begins_with("name", 'al')`, `"name" IS MISSING`]) {
      expect(
        await refusal(sql.run(`UPDATE music SET a = 1 WHERE id = '${id}' AND ${condition}`)),
      ).to.deep.equal(failed);
      expect(await refusal(sql.run(`DELETE FROM music WHERE id = '${id}' AND ${condition}`))).to.deep.equal(
        failed,
      );
    }
    expect(await get(id)).to.deep.equal({ id: text(id), name: text('alpha') });
    await sql.run(`DELETE FROM music WHERE id = '${id}' AND ("name" = 'beta' OR "name" = 'alpha')`);
    expect(await get(id)).to.equal(undefined);
  });

  it('deletes what is not there without a word', async () => {
    expect((await sql.run("DELETE FROM music WHERE id = 'nobody' AND x = 1")).Items).to.deep.equal([]);
    expect((await sql.run("DELETE FROM music WHERE id = 'nobody' RETURNING ALL OLD *")).Items).to.deep.equal(
      [],
    );
  });

  it('returns what it is asked to', async () => {
    const item = {
      data: text('old'),
      keep: text('same'),
      tags: list('a', 'b', 'c'),
      map: { M: { x: text('1'), y: text('2') } },
    };
    const cases: [change: string, returning: string, answer: Item[]][] = [
      ["SET data = 'new'", 'ALL OLD', [item]],
      ["SET data = 'new'", 'ALL NEW', [{ ...item, data: text('new') }]],
      ["SET data = 'new'", 'MODIFIED OLD', [{ data: text('old') }]],
      ["SET data = 'new'", 'MODIFIED NEW', [{ data: text('new') }]],
      ["SET map.x = 'z'", 'MODIFIED NEW', [{ map: { M: { x: text('z') } } }]],
      ['REMOVE data', 'MODIFIED OLD', [{ data: text('old') }]],
      ['REMOVE data', 'MODIFIED NEW', []],
      ["SET added = 'x'", 'MODIFIED OLD', []],
      ["SET tags[2] = 'y', tags[0] = 'x'", 'MODIFIED NEW', [{ tags: list('x', 'y') }]],
      ["SET tags[2] = 'y', tags[0] = 'x'", 'MODIFIED OLD', [{ tags: list('a', 'c') }]],
      ['REMOVE tags[1]', 'MODIFIED NEW', [{ tags: list('c') }]],
    ];
    for (const [change, returning, answer] of cases) {
      const id = await stored(item);
      const { Items } = await sql.run(`UPDATE music ${change} WHERE id = '${id}' RETURNING ${returning} *`);
      const whole = returning.startsWith('ALL') ? answer.map((one) => ({ id: text(id), ...one })) : answer;
      expect(Items, `${change} RETURNING ${returning}`).to.deep.equal(whole);
    }
    const id = await stored(item);
    const { Items } = await sql.run(`DELETE FROM music WHERE id = '${id}' RETURNING ALL OLD *`);
    expect(Items).to.deep.equal([{ id: text(id), ...item }]);
  });

  it('gives the item that failed the condition, where it is asked to', async () => {
    const id = await stored({ n: { N: '1' } });
    const request = sql.run(`UPDATE music SET n = 9 WHERE id = '${id}' AND n = 2`, undefined, {
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const error = await request.then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error?.Item).to.deep.equal({ id: text(id), n: { N: '1' } });
  });

  it('consumes as UpdateItem and its like', async () => {
    const { ConsumedCapacity } = await sql.run("INSERT INTO music VALUE {'id': 'measured'}", undefined, {
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(ConsumedCapacity).to.deep.equal({ TableName: 'music', CapacityUnits: 1 });
  });

  it('refuses what names no single item, and what no write may do', async () => {
    const incomplete = 'Where clause does not contain a mandatory equality on all key attributes';
    const refusals = {
      "DELETE FROM music WHERE x = 'a'": incomplete,
      'UPDATE music SET a = 1': incomplete,
      "UPDATE music SET a = 1 WHERE id > 'a'": incomplete,
      "UPDATE music SET a = 1 WHERE id = 'a' OR id = 'b'": incomplete,
      "UPDATE music SET a = 1 WHERE id = 'a' AND id = 'b'":
        'Multiple conditions on same key id. Only single item Update/Insert/Delete are supported',
      "DELETE FROM music WHERE id = 'x' RETURNING MODIFIED OLD *":
        'Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.',
      "INSERT INTO music VALUE {'id': 'r'} RETURNING ALL OLD *": 'RETURNING is not supported in INSERT',
      'UPDATE "music"."index" SET a = 1 WHERE id = \'x\'': 'This operation is not supported on an index',
      'INSERT INTO "music"."index" VALUE {\'id\': \'x\'}':
        'FROM clause may only contain a single table name in data manipulation statements',
      "UPDATE music SET a = set_add(b, <<1>>) WHERE id = 'x'":
        'The first argument to SET_ADD must equal the assignment value',
      "EXISTS(SELECT * FROM music WHERE id = 'x' AND a = 1)":
        'EXISTS can only be used in ExecuteTransaction write requests.',
    };
    for (const [statement, message] of Object.entries(refusals)) {
      expect(await refusal(sql.run(statement)), statement).to.deep.equal({
        name: 'ValidationException',
        message,
        status: 400,
      });
    }
    const id = await stored({ x: text('y') });
    expect(await refusal(sql.run(`UPDATE music SET list[0] = 'x' WHERE id = '${id}'`))).to.deep.include({
      message: 'The document path provided in the update expression is invalid for update',
    });
    expect(await refusal(sql.run(`UPDATE music SET id = 'z' WHERE id = '${id}'`))).to.deep.include({
      name: 'ValidationException',
    });
  });
});
