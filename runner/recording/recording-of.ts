import type { CheckLabOptions } from '../check-lab.ts';
import type { CheckResult, Result } from '../result.ts';
import { usualPatienceMs } from '../run.ts';
import type { Attempt } from '../state/attempt.ts';
import type { Recorder } from './recorder.ts';
import type { Recording, Stood } from './recording.ts';

export interface Recordable {
  readonly attempt: Attempt;
  /** The runs before it that the result considers, oldest first. */
  readonly earlier: readonly Attempt[];
  readonly earlierOutputs: ReadonlyMap<string, CheckResult['outputs']>;
  readonly result: Result;
  readonly recorder: Recorder;
  readonly options: Pick<CheckLabOptions, 'ways' | 'patienceMs' | 'inOrder' | 'learner'>;
}

/** A run that has ended, as it is kept. */
export function recordingOf({
  attempt,
  earlier,
  earlierOutputs,
  result,
  recorder,
  options,
}: Recordable): Recording {
  const { schema: _schema, findings: _findings, ...run } = attempt;
  const { ways, patienceMs = usualPatienceMs, inOrder, learner } = options;
  return {
    run: {
      ...run,
      ...(learner !== undefined && { learner }),
      ways: [...(ways ?? (['observed', 'history', 'reasoned'] as const))],
      patienceMs,
      ...(inOrder && { inOrder }),
      earlier: earlier.map(({ id }) => id),
      earlierOutputs: Object.fromEntries(
        [...earlierOutputs].flatMap(([step, outputs]) => (outputs ? [[step, outputs]] : [])),
      ),
      acting: recorder.acting,
      stood: stoodOf(result),
    },
    calls: recorder.calls,
  };
}

/** What a result says check by check, without the evidence. */
export function stoodOf({ stages }: Result): Stood[] {
  return stages.flatMap(({ id, checks }) =>
    checks.map(({ check, as, title, verdict, basis, message, points, max }) => ({
      stage: id,
      check,
      ...(as !== undefined && { as }),
      title,
      verdict,
      basis,
      message,
      points,
      max,
    })),
  );
}
