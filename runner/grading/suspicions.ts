/** Looks at a class side by side without keeping whole results: of each, only what two learners cannot both have. */
import { type Double, evidenceOf, findDoubles } from '../integrity/find-doubles.ts';
import type { CheckResult, Evidence, Result } from '../result.ts';
import type { Learner } from './learner-result.ts';

export class Suspicions {
  readonly #alone: Double[] = [];
  readonly #shared: { learner: string; result: Result; recording?: string }[] = [];

  /** @param recording digest of the recording, where one was kept */
  add({ id, account }: Pick<Learner, 'id' | 'account'>, result: Result, recording?: string): void {
    this.#alone.push(
      ...findDoubles([
        {
          learner: id,
          result,
          ...(account !== undefined && { declaredAccount: account }),
        },
      ]),
    );
    this.#shared.push({
      learner: id,
      result: onlyRequests(result),
      ...(recording !== undefined && { recording }),
    });
  }

  found(): Double[] {
    return [...findDoubles(this.#shared), ...this.#alone];
  }
}

/** A result of which nothing is left but its account and the ids of its requests. */
function onlyRequests(result: Result): Result {
  const ids = new Set(evidenceOf(result).flatMap(({ requestId }) => requestId ?? []));
  const evidence = [...ids].map(
    (requestId): Evidence => ({ call: '', principal: '', input: null, requestId, at: '', durationMs: 0 }),
  );
  const check: CheckResult = {
    check: '',
    title: '',
    verdict: 'pass',
    basis: 'observed',
    message: '',
    points: 0,
    max: 0,
    durationMs: 0,
    evidence,
    with: {},
  };
  const stage = {
    id: '',
    title: '',
    section: '',
    verdict: 'pass',
    points: 0,
    max: 0,
    checks: [check],
  } as const;
  return {
    ...result,
    lab: { id: '', title: '', digest: '', about: '', sections: [] },
    params: {},
    account: { ...result.account, arn: '' },
    score: { points: 0, max: 0 },
    stages: [{ ...stage, checks: [check] }],
    questions: [],
  };
}
