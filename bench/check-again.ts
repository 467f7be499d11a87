/**
 * A check of the whole lab when nothing has changed since the last one: by the sandbox's log, it makes no more calls than the
 * first, and no further changes.
 *
 *     npm run build && npm run bench -- check-again
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labwright } from '../test/support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../test/support/running-sandbox.ts';
import { printTable } from './measure.ts';

const labId = 'encrypt-data-with-kms';
const checks = 4;

const rows: string[][] = [];
for (const state of ['empty', 'solved']) {
  const sandbox = await runSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));
  try {
    if (state === 'solved')
      await run(['solve', labId, 'key', 'table', 'data', 'user', 'grant'], sandbox, folder);
    const counts: Counts[] = [];
    for (let check = 0; check < checks; check++) counts.push(await checkOnce(sandbox, folder));
    rows.push([
      `${state} account`,
      counts.map((one) => one.calls).join(', '),
      counts.map((one) => one.changes).join(', '),
    ]);
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
printTable(`${checks} checks, one after the other, of an account in which nothing changes`, [
  ['', 'calls of each check', 'of those, changes (a key for the test user)'],
  ...rows,
]);

interface Counts {
  readonly calls: number;
  readonly changes: number;
}

async function checkOnce(sandbox: RunningSandbox, folder: string): Promise<Counts> {
  const before = logged(sandbox).length;
  await run(['check', labId, '--probe', 'key'], sandbox, folder);
  const lines = logged(sandbox).slice(before);
  return {
    calls: lines.length,
    changes: lines.filter((line) => /\biam:(Create|Delete)AccessKey\b/.test(line)).length,
  };
}

/** The lines of the log that are calls. */
function logged(sandbox: RunningSandbox): string[] {
  return sandbox
    .log()
    .split('\n')
    .filter((line) => /\b(sts|iam|kms|dynamodb|cloudtrail):\w+/.test(line));
}

async function run(args: string[], { env }: RunningSandbox, cwd: string) {
  const { code, stdout, stderr } = await labwright(args, { cwd, env });
  // 1: something is not passed yet, as the clean-up.
  if (code !== 0 && code !== 1)
    throw new Error(`labwright ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
}
