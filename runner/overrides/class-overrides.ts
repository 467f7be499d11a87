/** An instructor's own judgement of learners of a class, which stands beside what the checks found: a YAML file. */
import { z } from 'zod';
import type { Lab } from '../lab/lab.ts';
import type { Problem } from '../lab/problem.ts';
import { validated } from '../lab/validated.ts';
import { YamlFile } from '../lab/yaml-file.ts';
import { allSteps, planRun, type Step } from '../plan.ts';

const text = z.string().trim().min(1, 'must not be empty');

const entrySchema = z
  .strictObject({
    check: text
      .optional()
      .describe('The check, by its place (`deny/0`) or its id; the lab as a whole when absent.'),
    verdict: z.enum(['pass', 'fail']).optional().describe('Gives all points of the check, or none.'),
    points: z.number().min(0).optional().describe('In place of the points that were judged.'),
    reason: text.describe('Why, for the learner to read.'),
    by: text.optional().describe('Whose judgement it is; that of the file when absent.'),
  })
  .refine(
    ({ verdict, points }) => verdict !== undefined || points !== undefined,
    'must judge something: add `verdict:` or `points:`',
  );

const overridesSchema = z.strictObject({
  by: text.optional().describe('Whose judgement it is.'),
  learners: z.record(z.string(), z.array(entrySchema).min(1)).describe('By learner id.'),
});

/** What an instructor gives one check of one learner. */
export interface CheckOverride {
  /** `deny/0` */
  readonly check: string;
  readonly max: number;
  readonly verdict: 'pass' | 'fail';
  readonly points: number;
  readonly reason: string;
  readonly by: string;
}

/** What an instructor gives a learner for the lab as a whole, whatever the checks come to. */
interface WholeOverride {
  readonly points: number;
  readonly reason: string;
  readonly by: string;
}

export interface LearnerOverrides {
  readonly checks: readonly CheckOverride[];
  readonly whole?: WholeOverride;
}

/** By learner id. */
export type ClassOverrides = ReadonlyMap<string, LearnerOverrides>;

/**
 * @param learners ids of those who may stand in it; anybody when absent
 * @throws LabProblems with every problem and its line
 */
export function parseClassOverrides(
  name: string,
  yaml: string,
  { lab, learners }: { readonly lab: Lab; readonly learners?: readonly string[] },
): ClassOverrides {
  const file = new YamlFile(name, yaml);
  const steps = allSteps(lab, planRun(lab, {}).params);
  const read = validated(file, overridesSchema, (data) => [
    ...strangers(file, data, learners),
    ...Object.entries(data.learners).flatMap(([id, entries]) =>
      entryProblems({ file, steps, by: data.by }, ['learners', id], entries),
    ),
  ]);
  const overrides = Object.entries(read.learners).map(([id, entries]): [string, LearnerOverrides] => {
    const whole = entries.find(({ check }) => check === undefined);
    const signed = ({ by, reason }: Entry) => ({ reason, by: by ?? read.by ?? '' });
    return [
      id,
      {
        checks: entries.flatMap((entry) => {
          const step = entry.check === undefined ? undefined : stepOf(steps, entry.check);
          return step ? [{ ...signed(entry), ...given(entry, step) }] : [];
        }),
        ...(whole && { whole: { ...signed(whole), points: whole.points ?? 0 } }),
      },
    ];
  });
  return new Map(overrides);
}

type Entry = z.output<typeof entrySchema>;

function given(
  { verdict, points }: Entry,
  step: Step,
): Pick<CheckOverride, 'check' | 'max' | 'verdict' | 'points'> {
  const max = step.entry.points;
  const counted = points ?? (verdict === 'pass' ? max : 0);
  return { check: step.id, max, points: counted, verdict: verdict ?? (counted >= max ? 'pass' : 'fail') };
}

/** By its place, or by the check's id where no other has it. */
function stepOf(steps: readonly Step[], named: string): Step | undefined {
  const place = steps.find(({ id }) => id === named);
  const [only, ...others] = steps.filter(({ check }) => check.id === named);
  return place ?? (others.length === 0 ? only : undefined);
}

function strangers(
  file: YamlFile,
  data: z.output<typeof overridesSchema>,
  learners: readonly string[] | undefined,
): Problem[] {
  if (!learners) return [];
  const known = new Set(learners);
  return Object.keys(data.learners)
    .filter((id) => !known.has(id))
    .map((id) =>
      file.problem(
        ['learners', id],
        `There is no learner "${id}" in the roster who can be graded.`,
        'Write the id as in the column "learner id", in quotes if it is a number.',
        'key',
      ),
    );
}

interface Place {
  readonly file: YamlFile;
  readonly steps: readonly Step[];
  /** Of the file. */
  readonly by: string | undefined;
}

function entryProblems(
  { file, steps, by }: Place,
  path: readonly (string | number)[],
  entries: readonly Entry[],
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const all = steps.reduce((sum, { entry }) => sum + entry.points, 0);
  entries.forEach((entry, index) => {
    const at = [...path, index];
    if (entry.by === undefined && by === undefined)
      problems.push(
        file.problem(
          at,
          'It is not said whose judgement this is.',
          'Add `by:` here or at the top of the file.',
        ),
      );
    const step = entry.check === undefined ? undefined : stepOf(steps, entry.check);
    if (entry.check !== undefined && !step) {
      const places = steps.map(({ id, check }) => `${id} (${check.id})`).join(', ');
      const message = `The lab has no single check "${entry.check}".`;
      problems.push(file.problem([...at, 'check'], message, `It has ${places}.`));
      return;
    }
    const what = step?.id ?? 'the lab as a whole';
    if (seen.has(what))
      problems.push(file.problem(at, `${what} is judged twice here.`, 'Leave one of the two.'));
    seen.add(what);
    if (!step && entry.points === undefined)
      problems.push(
        file.problem(at, 'For the lab as a whole a verdict says too little.', 'Add `points:`, or `check:`.'),
      );
    const max = step?.entry.points ?? all;
    if (entry.points !== undefined && entry.points > max)
      problems.push(
        file.problem(
          [...at, 'points'],
          `${entry.points} points are more than the ${max} that ${what} gives.`,
          `Write a number from 0 to ${max}.`,
        ),
      );
  });
  return problems;
}
