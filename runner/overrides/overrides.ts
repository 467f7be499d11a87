/** An instructor's own judgement of answers, which stands beside what the program found: a YAML file. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { gradeAnswer } from '../answers/grade-answer.ts';
import type { Lab } from '../lab/lab.ts';
import type { Problem } from '../lab/problem.ts';
import { questionsOf } from '../lab/questions.ts';
import { validated } from '../lab/validated.ts';
import { YamlFile } from '../lab/yaml-file.ts';

const text = z.string().trim().min(1, 'must not be empty');

const entrySchema = z
  .strictObject({
    verdict: z
      .enum(['accepted', 'not accepted'])
      .optional()
      .describe('Whether the answer is to count as right.'),
    points: z.number().min(0).optional().describe('In place of the points that were found.'),
    dismiss: z.array(text).default([]).describe('Ids of misconceptions that the answer does not hold.'),
    reason: text.describe('Why, for the learner to read.'),
    by: text.optional().describe('Whose judgement it is; that of the file when absent.'),
  })
  .refine(
    ({ verdict, points, dismiss }) => verdict !== undefined || points !== undefined || dismiss.length > 0,
    'must judge something: add `verdict:`, `points:` or `dismiss:`',
  );

const overridesSchema = z.strictObject({
  by: text.optional().describe('Whose judgement it is.'),
  questions: z.record(z.string(), entrySchema).describe('By question id.'),
});

export interface Override extends Omit<z.output<typeof entrySchema>, 'by'> {
  readonly by: string;
}

/** By question id. */
export type Overrides = Readonly<Record<string, Override>>;

/** @throws LabProblems with every problem and its line; the reading error when the file cannot be read */
export async function loadOverrides(path: string, lab: Lab): Promise<Overrides> {
  return parseOverrides(path, await readFile(path, 'utf8'), lab);
}

/** @throws LabProblems with every problem and its line */
export function parseOverrides(name: string, yaml: string, lab: Lab): Overrides {
  const file = new YamlFile(name, yaml);
  const read = validated(file, overridesSchema, (data) => problemsOf(file, data, lab));
  const entries = Object.entries(read.questions).map(([id, entry]): [string, Override] => [
    id,
    { ...entry, by: entry.by ?? read.by ?? '' },
  ]);
  return Object.fromEntries(entries);
}

function problemsOf(file: YamlFile, data: z.output<typeof overridesSchema>, lab: Lab): Problem[] {
  const problems: Problem[] = [];
  const questions = questionsOf(lab);
  for (const [id, entry] of Object.entries(data.questions)) {
    const path = ['questions', id];
    const question = questions.find((one) => one.id === id);
    if (!question) {
      const ids = questions.map((one) => one.id).join(', ');
      problems.push(file.problem(path, `The lab has no question "${id}".`, `It has ${ids}.`, 'key'));
      continue;
    }
    if (entry.by === undefined && data.by === undefined)
      problems.push(
        file.problem(
          path,
          `It is not said whose judgement of "${id}" this is.`,
          'Add `by:` here or at the top of the file.',
          'key',
        ),
      );
    const { max } = gradeAnswer(question, undefined);
    if (entry.points !== undefined && entry.points > max)
      problems.push(
        file.problem(
          [...path, 'points'],
          `${entry.points} points are more than the ${max} that "${id}" gives.`,
          max === 0 ? 'This question gives no points; leave them out.' : `Write a number from 0 to ${max}.`,
        ),
      );
    const known = (question.expects?.misconceptions ?? []).map((one) => one.id);
    entry.dismiss.forEach((misconception, index) => {
      if (known.includes(misconception)) return;
      problems.push(
        file.problem(
          [...path, 'dismiss', index],
          `The question "${id}" has no misconception "${misconception}".`,
          known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none; leave this out.',
        ),
      );
    });
  }
  return problems;
}
