/** What is wrong with what a lab expects of answers: patterns that are none or can never decide, names taken twice. */
import { gradeAnswer } from '../answers/grade-answer.ts';
import { PatternError, parsePattern } from '../answers/pattern.ts';
import type { Problem } from './problem.ts';
import type { LabFile, Question } from './schema.ts';
import type { Path, YamlFile } from './yaml-file.ts';

export function expectsProblems(file: YamlFile, lab: LabFile): Problem[] {
  return [
    ...questionsProblems(file, lab.questions, ['questions']),
    ...lab.stages.flatMap((stage, at) =>
      questionsProblems(file, stage.questions, ['stages', at, 'questions']),
    ),
  ];
}

function questionsProblems(file: YamlFile, questions: readonly Question[], path: Path): Problem[] {
  return questions.flatMap((question, at) => questionProblems(file, question, [...path, at]));
}

function questionProblems(file: YamlFile, { prompt, expects }: Question, path: Path): Problem[] {
  if (!expects) return [];
  const problems: Problem[] = [];
  const ids = new Set<string>();
  for (const kind of ['concepts', 'misconceptions'] as const) {
    for (const [at, one] of expects[kind].entries()) {
      const here = [...path, 'expects', kind, at];
      if (ids.has(one.id)) {
        const message = `"${one.id}" is there twice in what this question expects.`;
        problems.push(file.problem([...here, 'id'], message, 'Give each its own id.'));
      }
      ids.add(one.id);
      problems.push(...patternProblems(file, one.patterns, [...here, 'patterns']));
      if ('unless' in one) problems.push(...patternProblems(file, one.unless, [...here, 'unless']));
    }
  }
  return problems.length > 0 ? problems : correctionProblems(file, prompt, expects, path);
}

function patternProblems(file: YamlFile, patterns: readonly string[], path: Path): Problem[] {
  return patterns.flatMap((pattern, at) => {
    try {
      parsePattern(pattern);
      return [];
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      const message = `The pattern "${pattern}" cannot be read. ${error.message}`;
      const fix =
        'Write words, with "/" between alternatives, "_" between neighbours, ".." for a gap, "&" for both.';
      return [file.problem([...path, at], message, fix)];
    }
  });
}

/** A learner who writes the correction down must not be told the misconception again. */
function correctionProblems(
  file: YamlFile,
  prompt: string,
  expects: NonNullable<Question['expects']>,
  path: Path,
): Problem[] {
  return expects.misconceptions.flatMap(({ id, correction }, at) => {
    const told = gradeAnswer({ prompt, expects }, correction).misconceptions[0];
    if (!told) return [];
    const message = `The correction of "${id}" would itself be taken for the misconception "${told.id}".`;
    const fix = 'Narrow the patterns, add to `unless`, or word the correction otherwise.';
    return [file.problem([...path, 'expects', 'misconceptions', at, 'correction'], message, fix)];
  });
}
