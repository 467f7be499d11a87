/**
 * Checking the solved first lab, every AWS call answered after 50 ms: against the longest chain of calls that must
 * follow one another, and against a shell script of AWS CLI commands that asks the same.
 *
 *     npm run build && npm run bench -- check-solved-lab
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '../checks/registry.ts';
import { AwsCaller } from '../runner/accounts/aws-caller.ts';
import { checkLab } from '../runner/check-lab.ts';
import { loadLab } from '../runner/lab/load-lab.ts';
import { planRun } from '../runner/plan.ts';
import { Journal } from '../runner/probe/journal.ts';
import { temporaryKeyProber } from '../runner/probe/temporary-key.ts';
import { carryOut } from '../runner/proof/carry-out.ts';
import { loadProof } from '../runner/proof/load-proof.ts';
import type { Evidence } from '../runner/result.ts';
import { mainFile } from '../test/support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../test/support/running-sandbox.ts';
import { median, printTable } from './measure.ts';

const latencies = { short: 50, long: 250 };
const runs = 7;
const lab = await loadLab('labs/encrypt-data-with-kms/lab.yaml', registry);
const proof = await loadProof('labs/encrypt-data-with-kms/proof.yaml', lab);
const { params } = planRun(lab, {});
const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));

interface TimedRun {
  readonly ms: number;
  readonly evidence: Evidence[];
  /** Reads of checks that arrived at the sandbox, by its log; the runner's own (who am I, which keys are there) aside. */
  readonly reads: number;
}
const checkedReads = /\b(cloudtrail|kms|dynamodb|iam):(?!ListAccessKeys)(Get|List|Lookup|Describe|Scan)/;

const near = await solvedSandbox(latencies.short);
const far = await solvedSandbox(latencies.long);
try {
  const [shortTimes, longTimes] = [await timeRuns(near), await timeRuns(far)];
  const [short, long] = [median(shortTimes.map((one) => one.ms)), median(longTimes.map((one) => one.ms))];
  // Calls side by side cost one latency together, so the slope counts those that follow one another.
  const chain = Math.round((long - short) / (latencies.long - latencies.short));
  const evidence = shortTimes[0]?.evidence ?? [];
  const distinct = new Set(ownReads(evidence).map((one) => `${one.call} ${JSON.stringify(one.input)}`));

  const command = median(times(runs, () => commandMs(near)));
  const script = median(times(3, () => scriptMs(near, evidence)));
  printTable('Checking the solved lab, 50 ms per call', [
    ['longest chain of calls', `${chain} calls`, `${chain * latencies.short} ms`],
    [
      'one check, inside the process',
      `${Math.round(short)} ms`,
      `${(short / (chain * latencies.short)).toFixed(2)} of the chain`,
    ],
    [
      '`labwright check`, whole process',
      `${Math.round(command)} ms`,
      `${(command / (chain * latencies.short)).toFixed(2)} of the chain`,
    ],
    [
      'the same as AWS CLI commands',
      `${Math.round(script)} ms`,
      `${(script / command).toFixed(1)} times \`labwright check\``,
    ],
    ['reads that the checks asked for', `${ownReads(evidence).length}`, ''],
    ['reads that reached AWS', `${shortTimes[0]?.reads}`, `${distinct.size} distinct`],
  ]);
} finally {
  await near.stop();
  await far.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function solvedSandbox(latencyMs: number): Promise<RunningSandbox> {
  const sandbox = await runSandbox(['--port', '0', '--latency', String(latencyMs)]);
  const caller = callerOf(sandbox);
  for (const stage of ['key', 'table', 'data', 'user', 'grant']) {
    await carryOut({ steps: proof[stage]?.solution ?? [], caller, params });
  }
  caller.close();
  return sandbox;
}

function callerOf({ env, url }: RunningSandbox): AwsCaller {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = env;
  return new AwsCaller({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
}

/** What the checks read with the owner's credentials; probes are asked every time, and have to be. */
function ownReads(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one) => !one.principal.endsWith(`user/${params.user}`));
}

/** Each run with clients of its own, as each command has them; the first one, which also loads the SDK, is dropped. */
async function timeRuns(sandbox: RunningSandbox): Promise<TimedRun[]> {
  const timed: TimedRun[] = [];
  for (let run = 0; run <= runs; run++) {
    const caller = callerOf(sandbox);
    const journal = new Journal(join(folder, 'keys.json'));
    const callerFor = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
      new AwsCaller({ region: 'us-east-1', endpoint: sandbox.url, credentials });
    const logged = sandbox.log().length;
    const started = performance.now();
    const { findings } = await checkLab({
      lab,
      caller,
      kind: 'sandbox',
      inOrder: true,
      prober: async (identity) => temporaryKeyProber({ owner: caller, identity, journal, callerFor }),
    });
    const ms = performance.now() - started;
    caller.close();
    const evidence = [...findings.values()].flatMap((finding) => finding.evidence);
    const arrived = sandbox.log().slice(logged).split('\n');
    const reads = arrived.filter(
      (line) => checkedReads.test(line) && line.includes('user/administrator'),
    ).length;
    if (run > 0) timed.push({ ms, evidence, reads });
  }
  return timed;
}

function commandMs({ env }: RunningSandbox): number {
  const started = performance.now();
  spawnSync(process.execPath, [mainFile, 'check', lab.id, '--probe', 'key'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
  });
  return performance.now() - started;
}

/** The same calls, one `aws` command each: reads once, and the user's probes with a key made for them. */
function scriptMs({ env, url }: RunningSandbox, evidence: readonly Evidence[]): number {
  const seen = new Set<string>();
  const owner: string[] = [];
  const user: string[] = [];
  for (const { call, input, principal } of evidence) {
    const line = `aws ${awsCommand(call)} --cli-input-json '${JSON.stringify(input)}' >/dev/null`;
    if (seen.has(principal + line)) continue;
    seen.add(principal + line);
    (principal.endsWith(`user/${params.user}`) ? user : owner).push(line);
  }
  const file = join(folder, 'check.sh');
  const make = `aws iam create-access-key --user-name ${params.user} --query AccessKey.[AccessKeyId,SecretAccessKey] --output text`;
  writeFileSync(
    file,
    [
      '#!/bin/bash',
      `aws() { command aws --endpoint-url ${url} "$@"; }`,
      'aws sts get-caller-identity >/dev/null',
      ...owner,
      `read -r id secret < <(${make})`,
      '(export AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret',
      ...user,
      ')',
      `aws iam delete-access-key --user-name ${params.user} --access-key-id "$id"`,
    ].join('\n'),
  );
  const started = performance.now();
  const { status, stderr } = spawnSync('bash', [file], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
  });
  if (status !== 0) throw new Error(`The script failed: ${String(stderr)}`);
  return performance.now() - started;
}

/** `kms:DescribeKey` as `kms describe-key`. */
function awsCommand(call: string): string {
  const [service, operation = ''] = call.split(':');
  return `${service} ${operation.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
}

function times(count: number, measure: () => number): number[] {
  return Array.from({ length: count }, measure);
}
