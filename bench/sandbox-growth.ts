/**
 * Whether calls take longer when much is there: the same reads and writes of a table under a customer managed key
 * after 1, 10,000 and 1,000,000 items and events.
 *
 *     npm run bench -- sandbox-growth
 */
import { median, printTable } from './measure.ts';
import { makeKey, makeTable, signedReads, TableName } from './sandbox/encrypted-table.ts';
import { jsonBytes, leanRate } from './sandbox/lean-client.ts';
import type { ProcessReply } from './sandbox/process-messages.ts';
import { SandboxProcess } from './sandbox/sandbox-process.ts';
import { type Access, keepToClientCore } from './sandbox/servers.ts';

const sizes = [1, 10_000, 1_000_000];
const rounds = 5;
const calls = ['GetItem', 'PutItem', 'LookupEvents'] as const;
type Rates = Readonly<Record<(typeof calls)[number], number>>;

keepToClientCore();
// One process for each size, so that sizes alternate and a busy machine is busy for all of them.
const grown: { size: number; process: SandboxProcess; access: Access; bytes: number; rates: Rates[] }[] = [];
try {
  for (const size of sizes) {
    const { process, reply } = await SandboxProcess.start();
    const access = accessOf(reply);
    await makeTable(access, await makeKey(access));
    const { bytes } = await process.ask({ kind: 'fill', tableName: TableName, total: size });
    grown.push({ size, process, access, bytes, rates: [] });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const { access, rates } of grown) rates.push(await measure(access));
  }
  const [first] = grown;
  printTable('Items and events there are already', [
    ['', ...grown.map(({ size }) => size.toLocaleString('en-US'))],
    ...calls.map((call) => [
      `${call} per second, lean client`,
      ...grown.map(({ rates }) => {
        const counted = rates.slice(1).map((one) => one[call]);
        const ratios = counted.map((rate, round) => rate / (first?.rates[round + 1]?.[call] ?? Number.NaN));
        return `${Math.round(median(counted))} (${median(ratios).toFixed(2)})`;
      }),
    ]),
    ['resident memory', ...grown.map(({ bytes }) => `${(bytes / 1e6).toFixed(0)} MB`)],
  ]);
} finally {
  for (const { process } of grown) await process.stop();
}

function accessOf({ url, keys }: ProcessReply): Access {
  const [credentials] = keys;
  if (!credentials) throw new Error('The sandbox has no account.');
  return { url, credentials };
}

async function measure(access: Access): Promise<Rates> {
  const writes = Array.from({ length: 200 }, () => {
    const Item = { id: { S: `new-${Math.random()}` }, title: { S: 'A line of text' } };
    return jsonBytes(access, 'dynamodb', 'DynamoDB_20120810.PutItem', { TableName, Item });
  });
  const lookUp = jsonBytes(access, 'cloudtrail', 'CloudTrail_20131101.LookupEvents', {
    LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateKey' }],
  });
  return {
    GetItem: await leanRate(access.url, signedReads(access), { ms: 500 }),
    PutItem: await leanRate(access.url, writes, { ms: 500 }),
    LookupEvents: await leanRate(access.url, [lookUp], { ms: 500 }),
  };
}
