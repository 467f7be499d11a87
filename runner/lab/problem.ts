/** What is wrong with a lab's files, where, and what to do. */

export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The thing and what was seen. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The line of the file that the problem is in. */
  readonly source?: string;
}

/** Every problem of a lab at once. */
export class LabProblems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'LabProblems';
    this.problems = problems;
  }
}

/** `file:line:column message`, the source line with a mark under the column, and the fix. */
export function formatProblem(problem: Problem): string {
  const lines = [`${problem.file}:${problem.line}:${problem.column} ${problem.message}`];
  if (problem.source !== undefined) {
    const shown = problem.source.length > 120 ? `${problem.source.slice(0, 117)}...` : problem.source;
    lines.push(`    ${shown}`);
    if (problem.column <= 117) lines.push(`    ${' '.repeat(problem.column - 1)}^`);
  }
  if (problem.fix !== undefined) lines.push(`    ${problem.fix}`);
  return lines.join('\n');
}
