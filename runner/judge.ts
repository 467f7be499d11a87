/** From what a check did to its verdict. */

import { CallError, isAbsent } from '../checks/call.ts';
import type { Passed } from '../checks/check.ts';
import { createExpect } from '../checks/expect.ts';
import { NotJudged } from '../checks/not-judged.ts';
import type { Explanation, Remedy } from '../policy/explanation/explanation.ts';
import { toEvidence } from './accounts/evidence.ts';
import { scrub } from './accounts/scrub.ts';
import { adviceFor } from './advice.ts';
import type { CheckResult } from './result.ts';

/** The part of a result that the check itself decides. */
export type Judgement = Pick<CheckResult, 'verdict' | 'message'> &
  Partial<Pick<CheckResult, 'expected' | 'actual' | 'explanation' | 'hint' | 'outputs' | 'basis'>>;

/** @param hint the lab's own, for a fail */
export async function judge(
  run: (expect: ReturnType<typeof createExpect>['expect']) => Promise<Passed<Record<string, unknown>>>,
  hint: string,
): Promise<Judgement> {
  const expectation = createExpect();
  try {
    const { message, outputs, basis } = await run(expectation.expect);
    const kept = toEvidence(outputs) as CheckResult['outputs'];
    return { verdict: 'pass', message: scrub(message), outputs: kept, ...(basis && { basis }) };
  } catch (error) {
    const failed = expectation.toFailed(error);
    if (failed) {
      return {
        verdict: 'fail',
        message: scrub(failed.message),
        hint: [hint, ...failed.nearMisses.map(scrub)].join(' '),
        ...(failed.expected !== undefined && { expected: withoutSecrets(failed.expected) }),
        ...(failed.actual !== undefined && { actual: withoutSecrets(failed.actual) }),
        ...(failed.explanation && { explanation: told(failed.explanation) }),
      };
    }
    // Not there yet is the learner's to do, also where a check has no sentence of its own for it.
    if (isAbsent(error)) return { verdict: 'fail', message: `${(error as CallError).message}`, hint };
    if (error instanceof NotJudged) {
      return { verdict: 'error', message: scrub(error.message), hint: adviceFor(error) };
    }
    if (error instanceof CallError) {
      return { verdict: 'error', message: error.sentence, hint: adviceFor(error) };
    }
    const why = error instanceof Error ? error.message : String(error);
    return { verdict: 'error', message: scrub(`The check could not finish: ${why}`), hint: adviceFor(error) };
  }
}

/** What was compared is shown, in texts inside it as well. */
function withoutSecrets(value: unknown): ReturnType<typeof toEvidence> {
  const plain = toEvidence(value);
  if (typeof plain === 'string') return scrub(plain);
  if (Array.isArray(plain)) return plain.map(withoutSecrets);
  if (typeof plain !== 'object' || plain === null) return plain;
  return Object.fromEntries(Object.entries(plain).map(([name, one]) => [name, withoutSecrets(one)]));
}

/** As a result keeps it: words and statements, without the evaluator's decision. */
function told({ because, remedies }: Explanation): CheckResult['explanation'] {
  return {
    because: [...because],
    remedies: remedies.map((remedy) => ({
      ...toldRemedy(remedy),
      ...(remedy.also && { also: remedy.also.map(toldRemedy) }),
    })),
  };
}

function toldRemedy({ what, statement, command }: Remedy) {
  return { what, ...(statement && { statement: toEvidence(statement) }), ...(command && { command }) };
}
