import type { NotRegraded, Regraded } from '../runner/grading/regrade.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { Run } from './run.ts';

export interface RegradeClassOptions {
  /** The folder of a class, or any other that holds recordings; or one recording. */
  readonly recordings: string;
  readonly signal?: AbortSignal;
}

export interface RegradedClass {
  readonly regraded: readonly Regraded[];
  /** Recordings that could not be judged again. */
  readonly problems: readonly NotRegraded[];
}

/**
 * Judges recorded runs by the lab and the checks of today, as `labwright regrade` does: each event is a learner, with what changes
 * for them and why. Makes no AWS call and changes no file.
 *
 * @returns at once; its `done` rejects with file errors, and with the signal's reason
 */
export function regradeClass(
  lab: Lab,
  { recordings, signal }: RegradeClassOptions,
): Run<Regraded | NotRegraded, RegradedClass> {
  return new Run(async (tell, own) => {
    const { findRecordings, regrade } = await import('../runner/grading/regrade.ts');
    const regraded: Regraded[] = [];
    const problems: NotRegraded[] = [];
    for await (const one of regrade(lab, await findRecordings(recordings))) {
      own.throwIfAborted();
      if ('problem' in one) problems.push(one);
      else regraded.push(one);
      tell(one);
    }
    return { regraded, problems };
  }, signal);
}
