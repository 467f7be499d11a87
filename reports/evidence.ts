/** Finding the AWS calls of a result that tell the reader something. */
import type { CheckResult, Evidence, Result, StageResult } from '../runner/result.ts';

/** A call, and the finding it stands behind. */
export interface Witness {
  readonly stage: StageResult;
  readonly check: CheckResult;
  readonly call: Evidence;
}

/** Every call of the result in the order of stages and checks. */
export function witnessesOf(result: Result): Witness[] {
  return result.stages.flatMap((stage) =>
    stage.checks.flatMap((check) => check.evidence.map((call) => ({ stage, check, call }))),
  );
}

/**
 * The call that best shows something: of the first passed check that has one, else of the first check at all, the
 * last such call, because a check that polls saw the settled state last.
 */
export function telling(
  witnesses: readonly Witness[],
  tells: (call: Evidence) => boolean,
): Witness | undefined {
  const candidates = witnesses.filter(({ call }) => tells(call));
  const first = candidates.find(({ check }) => check.verdict === 'pass') ?? candidates[0];
  return candidates.findLast(({ check }) => check === first?.check);
}

/** What a principal is called in a sentence: `lab-admin` of a user's ARN, `role/session` of a role session's. */
export function principalName(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  if (resource === 'root') return 'account root';
  const [kind, ...path] = resource.split('/');
  if (kind === 'assumed-role' && path.length === 2) return path.join('/');
  return path.at(-1) || arn;
}
