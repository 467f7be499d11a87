import { findRecordings, type NotRegraded, type Regraded } from '../../runner/grading/regrade.ts';
import { regradeOnCores } from '../../runner/grading/regrade-on-cores.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { startThread } from '../regrading/start-thread.ts';
import { changesText } from '../terminal/changes-text.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface RegradeFlags extends ChecksFlags {
  readonly recordings: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright regrade`: judges recorded runs by the lab and the checks of today. Makes no AWS call and changes no file. */
export async function regrade(labName: string, flags: RegradeFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName, flags);
  const files = await findRecordings(flags.recordings);
  if (files.length === 0) {
    throw new UserError(
      `There is no recording in ${flags.recordings}. \`labwright check\` keeps them in .labwright/<lab>/recordings.`,
    );
  }
  const started = performance.now();
  const changed: Omit<Regraded, 'result'>[] = [];
  const problems: NotRegraded[] = [];
  const count = { learners: 0, recordings: 0, gain: 0, lose: 0, same: 0, labChanged: 0 };
  const regrading = regradeOnCores({
    lab,
    files,
    startThread: () =>
      startThread(import.meta.url, { labName, checks: flags.checks ?? [], digest: lab.digest }),
  });
  for await (const one of regrading) {
    if ('problem' in one) {
      problems.push(one);
      output.note(`Not regraded: ${plain(one.problem)}\n`);
      continue;
    }
    const difference = one.after.points - one.before.points;
    count.learners++;
    count.recordings += one.recordings;
    if (one.labChanged) count.labChanged++;
    if (difference > 0) count.gain++;
    else if (difference < 0) count.lose++;
    else count.same++;
    if (one.changes.length > 0) changed.push(one);
  }
  if (flags.json) {
    const told = {
      schema: 'labwright/regrade/v1',
      lab: { id: lab.id, digest: lab.digest },
      ...count,
      changed,
      problems,
    };
    output.print(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    for (const one of changed) output.print(`${changesText(one, output.style, output.width)}\n\n`);
    output.print(`${counted(count)}\n`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  output.note(`${count.recordings} recordings judged again in ${seconds} s; no AWS call was made.\n`);
  process.exitCode = problems.length > 0 ? exitCodes.notJudged : exitCodes.passed;
}

function counted(count: {
  learners: number;
  gain: number;
  lose: number;
  same: number;
  labChanged: number;
}): string {
  const { learners, gain, lose, same, labChanged } = count;
  const lab =
    labChanged === 0
      ? 'The lab file is the one that they were graded with.'
      : `The lab file has changed since ${labChanged} of them were graded.`;
  return `Of ${learners} learners ${gain} gain points, ${lose} lose points, and ${same} keep theirs. ${lab}`;
}
