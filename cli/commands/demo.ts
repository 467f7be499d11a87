import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type OpenAccount, openAccountAt } from '../../runner/accounts/open-account.ts';
import { planRun } from '../../runner/plan.ts';
import { loadProof } from '../../runner/proof/load-proof.ts';
import type { Result } from '../../runner/result.ts';
import { StateFolder } from '../../runner/state/state-folder.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { checkAndShow } from '../check-and-show.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { exitCodes } from '../user-error.ts';
import { writeReport } from '../write-report.ts';
import { solveStage } from './solve.ts';

export interface DemoFlags extends ChecksFlags {
  readonly out: string;
  readonly color: boolean;
}

/** `labwright demo`: the whole lab on the sandbox, unsolved, solved and written up. */
export async function demo(labName: string, flags: DemoFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { style, print } = output;
  // What is done belongs to the story that the demo tells.
  const story = { ...output, note: print };
  const { lab, proofFile } = await findLab(labName, flags);
  const proof = await loadProof(proofFile, lab);
  const { params } = planRun(lab, {});
  const folder = resolve(flags.out);
  const state = new StateFolder(await mkdtemp(join(tmpdir(), 'labwright-demo-')));

  const sandbox = await startSandbox();
  const account = accountOf(sandbox);
  const { signal, release } = interruptSignal();
  const solver = account.owner(signal);
  const check = (stages: readonly string[]) =>
    checkAndShow({
      lab,
      stages,
      settings: {},
      account,
      probe: { way: 'key' },
      state,
      output,
      showFindings: true,
      signal,
    });
  try {
    print(`${style.bold(lab.title)}\n`);
    print(
      `On the sandbox, an AWS account inside this program (account ${sandbox.account.id}). Nothing leaves this machine.\n`,
    );
    print(
      `\n${style.bold('First, the empty account.')} Nothing is done: the first stage fails and says what to do, and the others wait for it.\n`,
    );
    let { result } = await check([]);
    print(`\n${score(result)}\n`);
    for (const stage of lab.stages) {
      if (signal.aborted) break;
      const toDo = proof[stage.id]?.solution.length
        ? 'is solved'
        : 'has nothing to make, only something to see';
      print(`\n${style.bold(`Now the stage "${stage.id}" ${toDo}.`)}\n`);
      await solveStage({ proof, stage: stage.id, caller: solver, params, output: story });
      ({ result } = await check([stage.id]));
    }
    if (signal.aborted) {
      process.exitCode = exitCodes.interrupted;
      return;
    }
    const files = await writeReport(result, folder);
    print(`\n${style.bold(score(result))}\n\nThe write-up:\n${files.map((file) => `  ${file}\n`).join('')}`);
    print(
      `\nDo it yourself: ${style.code('npx labwright sandbox')}, or ${style.code('npx labwright --help')}.\n`,
    );
    process.exitCode = result.score.points === result.score.max ? exitCodes.passed : exitCodes.failed;
  } finally {
    release();
    solver.close();
    await sandbox.close();
    await rm(state.path, { recursive: true, force: true });
  }
}

function accountOf({ url, region, administrator }: Sandbox): OpenAccount {
  const { accessKeyId, secretAccessKey } = administrator;
  return openAccountAt({ region, endpoint: url, credentials: { accessKeyId, secretAccessKey } });
}

function score({ score: { points, max } }: Result): string {
  return `${points}/${max} points`;
}
