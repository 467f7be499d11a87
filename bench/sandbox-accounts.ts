/**
 * One sandbox for a class: memory with 1 and with 1,000 accounts, how long they take to make, and whether calls take
 * longer with them.
 *
 *     npm run bench -- sandbox-accounts
 */
import { median, printTable } from './measure.ts';
import { leanRate, queryBytes } from './sandbox/lean-client.ts';
import type { ProcessReply } from './sandbox/process-messages.ts';
import { SandboxProcess } from './sandbox/sandbox-process.ts';
import { keepToClientCore } from './sandbox/servers.ts';

const classSize = 1000;
const rounds = 7;

keepToClientCore();
const [few, many] = [await SandboxProcess.start(), await SandboxProcess.start()];
try {
  const full = await many.process.ask({ kind: 'add accounts', total: classSize });
  const [ofOne, ofMany] = [callsOf(few.reply), callsOf(full)];
  // Whoever calls for the first time gets an event history and a signing key: not counted.
  await leanRate(full.url, ofMany, { times: 2 * classSize });
  const rates: { one: number; many: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    rates.push({ one: await leanRate(few.reply.url, ofOne), many: await leanRate(full.url, ofMany) });
  }
  const counted = rates.slice(1);
  const ratios = counted.map((pair) => pair.many / pair.one);
  const perAccount = (full.bytes - many.reply.bytes) / (classSize - 1);
  const reached = await few.process.ask({ kind: 'add accounts', total: 1 });
  const reachedFull = await many.process.ask({ kind: 'add accounts', total: classSize });
  printTable('Accounts', [
    ['', '1 account', '1,000 accounts', ''],
    [
      'resident memory',
      megabytes(many.reply.bytes),
      megabytes(full.bytes),
      `${kilobytes(perAccount)} for each`,
    ],
    ['after the calls below', megabytes(reached.bytes), megabytes(reachedFull.bytes), ''],
    [
      'time to make them',
      '',
      `${Math.round(full.ms)} ms`,
      `${(full.ms / (classSize - 1)).toFixed(2)} ms for each`,
    ],
    [
      'sts:GetCallerIdentity per second, lean client',
      String(Math.round(median(counted.map((pair) => pair.one)))),
      String(Math.round(median(counted.map((pair) => pair.many)))),
      `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    ],
  ]);
} finally {
  await few.process.stop();
  await many.process.stop();
}

/** One call by each administrator in turn. */
function callsOf({ url, keys }: ProcessReply): Buffer[] {
  return keys.map((credentials) =>
    queryBytes({ url, credentials }, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1e3).toFixed(1)} kB`;
}
