/**
 * How many requests the sandbox answers: GetItem on a table under a customer managed key, each request verified,
 * authorised and decrypted, against plain dynalite, which does none of that; and KMS beside it. One server on one
 * core, its client on the other.
 *
 *     npm run build && npm run bench -- sandbox-rates
 */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { KMS } from '@aws-sdk/client-kms';
import { median, printTable } from './measure.ts';
import { keyOf, makeKey, makeTable, sdkConfig, signedReads, TableName } from './sandbox/encrypted-table.ts';
import { jsonBytes, leanRate } from './sandbox/lean-client.ts';
import { processorMs } from './sandbox/processor-time.ts';
import { keepToClientCore, type Server, startDynalite, startLabwright } from './sandbox/servers.ts';

const rounds = 7;

keepToClientCore();
const sandbox = await startLabwright();
// As on AWS, where DynamoDB keeps a caller's table key for five minutes.
const cached = await startLabwright({ flags: ['--table-key-cache', '5m'] });
const dynalite = await startDynalite();
try {
  const kms = new KMS(sdkConfig(sandbox));
  const KeyId = await makeKey(sandbox);
  await makeTable(sandbox, KeyId);
  await makeTable(dynalite);
  await makeTable(cached, await makeKey(cached));

  const lean = await pairs((server) => () => leanRate(server.url, signedReads(server)), [sandbox, dynalite]);
  const oneByOne = await pairs(
    (server) => () => leanRate(server.url, signedReads(server), { connections: 1 }),
    [sandbox, dynalite],
  );
  const withSdk = (together: number) => (server: Server) => {
    const client = new DynamoDB(sdkConfig(server));
    return () => sdkRate((index) => client.getItem({ TableName, Key: keyOf(index) }), together);
  };
  const sdk = await pairs(withSdk(1), [sandbox, dynalite]);
  const sdkTogether = await pairs(withSdk(8), [sandbox, dynalite]);
  const sdkCached = await pairs(withSdk(1), [cached, dynalite]);
  const sdkCachedTogether = await pairs(withSdk(8), [cached, dynalite]);
  const leanCached = await pairs(
    (server) => () => leanRate(server.url, signedReads(server)),
    [cached, dynalite],
  );

  const describe = jsonBytes(sandbox, 'kms', 'TrentService.DescribeKey', { KeyId });
  const Plaintext = Buffer.alloc(32, 1).toString('base64');
  const encrypt = jsonBytes(sandbox, 'kms', 'TrentService.Encrypt', { KeyId, Plaintext });
  const alone = async (rate: () => Promise<number>) => {
    const rates = [];
    for (let round = 0; round <= rounds; round++) rates.push(await rate());
    return rates.slice(1);
  };
  const kmsRates = {
    describe: await alone(() => leanRate(sandbox.url, [describe])),
    encrypt: await alone(() => leanRate(sandbox.url, [encrypt])),
    sdkDescribe: await alone(() => sdkRate(() => kms.describeKey({ KeyId }))),
    sdkEncrypt: await alone(() => sdkRate(() => kms.encrypt({ KeyId, Plaintext: Buffer.alloc(32, 1) }))),
  };

  printTable('Requests per second', [
    ['', 'sandbox', 'plain dynalite', 'ratio (median of pairs, range)'],
    ['GetItem, SDK, one at a time', ...pairCells(sdk)],
    ['GetItem, SDK, 8 at a time', ...pairCells(sdkTogether)],
    ['GetItem, SDK, one at a time, table key kept', ...pairCells(sdkCached)],
    ['GetItem, SDK, 8 at a time, table key kept', ...pairCells(sdkCachedTogether)],
    ['GetItem, lean client, one at a time', ...pairCells(oneByOne)],
    ['GetItem, lean client, 8 connections', ...pairCells(lean)],
    ['processor time for each, lean client', ...processorCells(lean)],
    ['the same, table key kept', ...processorCells(leanCached)],
    ['kms:DescribeKey, SDK, one at a time', cell(kmsRates.sdkDescribe), '', ''],
    ['kms:Encrypt, SDK, one at a time', cell(kmsRates.sdkEncrypt), '', ''],
    ['kms:DescribeKey, lean client, 8 connections', cell(kmsRates.describe), '', ''],
    ['kms:Encrypt, lean client, 8 connections', cell(kmsRates.encrypt), '', ''],
  ]);
} finally {
  await sandbox.stop();
  await cached.stop();
  await dynalite.stop();
}

/** Calls per second over one second, so many at a time. */
async function sdkRate(call: (index: number) => Promise<unknown>, together = 1): Promise<number> {
  let made = 0;
  const started = performance.now();
  const work = async () => {
    while (performance.now() - started < 1000) await call(made++);
  };
  await Promise.all(Array.from({ length: together }, work));
  return made / ((performance.now() - started) / 1000);
}

/** One run: calls per second, and microseconds of the server's processor time for each. */
interface Run {
  readonly rate: number;
  readonly processorUs: number;
}

interface Pair {
  readonly sandbox: Run;
  readonly dynalite: Run;
}

async function timed(server: Server, measure: () => Promise<number>): Promise<Run> {
  const [started, used] = [performance.now(), processorMs(server.child.pid)];
  const rate = await measure();
  const calls = rate * ((performance.now() - started) / 1000);
  return { rate, processorUs: ((processorMs(server.child.pid) - used) * 1000) / calls };
}

/** One after the other, round by round, beginning with each in turn; the first round warms up. */
async function pairs(
  prepare: (server: Server) => () => Promise<number>,
  [first, second]: readonly [Server, Server],
): Promise<Pair[]> {
  const [measureFirst, measureSecond] = [prepare(first), prepare(second)];
  const ofSandbox = () => timed(first, measureFirst);
  const ofDynalite = () => timed(second, measureSecond);
  const measured: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    if (round % 2 === 0) measured.push({ sandbox: await ofSandbox(), dynalite: await ofDynalite() });
    else {
      const plain = await ofDynalite();
      measured.push({ sandbox: await ofSandbox(), dynalite: plain });
    }
  }
  return measured.slice(1);
}

function pairCells(measured: readonly Pair[]): string[] {
  const ratios = measured.map((pair) => pair.sandbox.rate / pair.dynalite.rate);
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  return [
    cell(measured.map((pair) => pair.sandbox.rate)),
    cell(measured.map((pair) => pair.dynalite.rate)),
    `${median(ratios).toFixed(2)} (${range})`,
  ];
}

/** Less is better, so the ratio is turned over. */
function processorCells(measured: readonly Pair[]): string[] {
  const ratios = measured.map((pair) => pair.dynalite.processorUs / pair.sandbox.processorUs);
  return [
    `${cell(measured.map((pair) => pair.sandbox.processorUs))} µs`,
    `${cell(measured.map((pair) => pair.dynalite.processorUs))} µs`,
    `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  ];
}

function cell(rates: readonly number[]): string {
  return Math.round(median(rates)).toLocaleString('en-US');
}
