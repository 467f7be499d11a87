/** A folder laid out as Gradescope's container lays out `/autograder`, in which a made autograder is run. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GradescopeResults, gradescopeResultsSchema } from '../reports/gradebook/gradescope-results.ts';
import { bareEnvironment } from './labwright.ts';
import { type Ran, runProgram } from './run-program.ts';

export interface Submission {
  readonly email: string;
  /** Files handed in, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What earlier submissions were given, oldest first. */
  readonly previous?: readonly GradescopeResults[];
}

export interface Autograded extends Ran {
  /** Absent where the autograder gave none. */
  readonly results?: GradescopeResults;
}

export class GradescopeContainer {
  readonly root: string;
  readonly #bash: string;
  readonly #env: Readonly<Record<string, string>>;

  /**
   * @param folder what was made, as the instructor zips it
   * @param env variables of the container
   */
  constructor(root: string, folder: string, { bash, env }: { bash: string; env: Record<string, string> }) {
    this.root = root;
    this.#bash = bash;
    this.#env = env;
    mkdirSync(root, { recursive: true });
    cpSync(folder, join(root, 'source'), { recursive: true });
    cpSync(join(folder, 'run_autograder'), join(root, 'run_autograder'));
  }

  async run({ email, files = {}, previous = [] }: Submission): Promise<Autograded> {
    const submission = join(this.root, 'submission');
    mkdirSync(submission, { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(submission, path), text);
    writeFileSync(
      join(this.root, 'submission_metadata.json'),
      JSON.stringify({
        id: 1,
        created_at: '2026-12-01T14:22:32.365935-07:00',
        assignment: { due_date: '2026-12-31T23:00:00.000000-07:00', total_points: '100.0' },
        submission_method: 'upload',
        users: [{ email, id: 1, name: 'A learner' }],
        previous_submissions: previous.map((results, at) => ({
          submission_time: `2026-11-${String(at + 1).padStart(2, '0')}T14:24:48.087023-07:00`,
          score: results.score,
          results,
        })),
      }),
    );
    const finished = await runProgram(this.#bash, [join(this.root, 'run_autograder')], {
      cwd: this.root,
      env: bareEnvironment({ LABWRIGHT_AUTOGRADER_ROOT: this.root, ...this.#env }),
    });
    const file = join(this.root, 'results', 'results.json');
    if (!existsSync(file)) return finished;
    return { ...finished, results: gradescopeResultsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  }
}
