import { resolve } from 'node:path';
import { sameWork } from '../../runner/attempt.ts';
import { standing } from '../../runner/standing.ts';
import { findLab } from '../find-lab.ts';
import { createOutput } from '../output.ts';
import { stateOf } from '../state.ts';
import { UserError } from '../user-error.ts';
import { writeReport } from '../write-report.ts';

export interface ReportFlags {
  readonly out?: string;
  readonly author?: string;
  readonly color: boolean;
}

/** `labwright report`: the write-up of what was checked. */
export async function report(labName: string, flags: ReportFlags): Promise<void> {
  const { print } = createOutput(!flags.color);
  const { lab } = await findLab(labName);
  const state = stateOf(lab.id);
  const { attempts } = await state.attempts();
  const last = attempts.at(-1);
  if (!last) throw new UserError(`Nothing was checked yet. Run \`labwright check ${labName}\` first.`);
  const result = standing({
    lab,
    last,
    earlier: attempts.slice(0, -1).filter((attempt) => sameWork(attempt, lab, last.account)),
    answers: await state.answers(),
    ...(flags.author && { author: flags.author }),
  });
  const files = await writeReport(result, resolve(flags.out ?? `${lab.id}-report`));
  print(`${files.join('\n')}\n`);
}
