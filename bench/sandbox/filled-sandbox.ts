/** A sandbox in a process of its own that makes accounts and events and items when it is told to. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AccountAccess, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { HistoryEvent } from '../../sandbox/services/cloudtrail/event.ts';
import { usableDataKey } from '../../sandbox/services/dynamodb/encryption/items-at-rest.ts';
import type { ProcessReply, ProcessRequest } from './process-messages.ts';

const sandbox = await startSandbox();
const accesses: AccountAccess[] = [sandbox];
const region = sandbox.region;

process.on('message', async (request: ProcessRequest) => {
  const started = performance.now();
  if (request.kind === 'add accounts') {
    while (accesses.length < request.total) accesses.push(sandbox.addAccount());
  } else if (request.kind === 'fill') await fill(sandbox, request);
  reply(performance.now() - started, await residentBytes());
});
reply(0, await residentBytes());

function reply(ms: number, bytes: number): void {
  const keys = accesses.map(({ administrator: { accessKeyId, secretAccessKey } }) => ({
    accessKeyId,
    secretAccessKey,
  }));
  process.send?.({ url: sandbox.url, keys, ms, bytes } satisfies ProcessReply);
}

/** After the garbage is gone: needs `--expose-gc`. */
async function residentBytes(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.();
    await delay(50);
  }
  return process.memoryUsage().rss;
}

/** Puts items into the table, and copies of its latest event into the history, past the sockets and the parser. */
async function fill(
  { account }: Sandbox,
  { tableName, total }: ProcessRequest & { kind: 'fill' },
): Promise<void> {
  const { dataPlane } = account.dynamodb(region);
  const key = usableDataKey(account, region, tableName);
  if (key === undefined) throw new Error(`There is no table ${tableName}.`);
  const keys = new Map([[tableName, key]]);
  const history = account.eventHistory(region);
  const everything = { from: 0, to: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY, limit: 1 };
  const [event] = history.find(everything).events;
  const title = { S: 'A line of text' };
  const put = dataPlane.read('PutItem', { TableName: tableName, Item: { id: { S: 'filler' }, title } });
  for (let number = 0; number < total; number++) {
    const body = { ...put.body, Item: { id: { S: `filler-${number}` }, title } };
    await dataPlane.run({ ...put, body }, keys);
    if (event) history.add({ ...event, id: randomUUID() } satisfies HistoryEvent);
  }
}
