/** How the findings were reached: the run, the account, and the AWS calls behind each of them. */
import type { Basis, CheckResult, Evidence, Result } from '../../runner/result.ts';
import { principalName } from '../evidence.ts';
import { clip } from '../plain-text.ts';
import { durationBetween, type TimeView, timeView } from '../time.ts';
import { type AccountKindView, accountKindView } from './account-kind.ts';
import { type CardRow, row } from './key-card.ts';
import { type VerdictView, verdictView } from './verdict.ts';

interface CallView {
  readonly call: string;
  readonly principalName: string;
  /** `answered`, or the error's code */
  readonly outcome: string;
  /** `3 times` when the same call was made repeatedly. */
  readonly times: string | undefined;
  /** Ids of the requests, the first few when there are many. */
  readonly requestIds: readonly string[];
  /** `and 3 more` */
  readonly moreRequestIds: string | undefined;
}

interface JudgementView {
  readonly check: string;
  readonly title: string;
  readonly verdict: VerdictView;
  /** Undefined when the finding was never judged. */
  readonly basis: string | undefined;
  readonly judgedAt: TimeView | undefined;
  readonly attempt: string | undefined;
  readonly calls: readonly CallView[];
}

export interface VerificationView {
  readonly kind: AccountKindView;
  readonly facts: readonly CardRow[];
  /** The bases that occur, with what they mean. */
  readonly bases: readonly { readonly name: string; readonly meaning: string }[];
  readonly stages: readonly { readonly title: string; readonly judgements: readonly JudgementView[] }[];
}

const meanings: Readonly<Record<Basis, string>> = {
  observed: 'a call made for this finding showed it',
  history: 'CloudTrail recorded it',
  reasoned: 'the policies that apply were evaluated',
};

const mostRequestIds = 4;
const longestName = 200;

export function verificationView(result: Result): VerificationView {
  const { account, lab } = result;
  const judged = result.stages.flatMap(({ checks }) => checks).filter(wasJudged);
  const duration = durationBetween(result.startedAt, result.finishedAt);
  return {
    kind: accountKindView(account.kind),
    facts: [
      ...row('Lab', lab.id, true),
      ...row('Lab file (SHA-256)', lab.digest, true),
      ...row('Started', timeView(result.startedAt).text),
      ...row('Took', duration),
      ...row('Account', account.id, true),
      ...row('Kind of account', accountKindView(account.kind).name),
      ...row('Region', account.region, true),
      ...row('Checked as', account.arn, true),
      ...Object.entries(result.params).flatMap(([name, value]) =>
        row(`Name given: ${clip(name, longestName)}`, clip(value, longestName), true),
      ),
    ],
    bases: (['observed', 'history', 'reasoned'] as const)
      .filter((basis) => judged.some((check) => check.basis === basis))
      .map((basis) => ({ name: basis, meaning: meanings[basis] })),
    stages: result.stages.map(({ title, checks }) => ({ title, judgements: checks.map(judgementView) })),
  };
}

function wasJudged(check: CheckResult): boolean {
  return check.verdict !== 'skip' && check.judgedAt !== undefined;
}

function judgementView(check: CheckResult): JudgementView {
  return {
    check: check.check,
    title: check.title,
    verdict: verdictView(check.verdict),
    basis: wasJudged(check) ? check.basis : undefined,
    judgedAt: check.judgedAt === undefined ? undefined : timeView(check.judgedAt),
    attempt: check.standsFrom && timeView(check.standsFrom.attempt).text,
    calls: callViews(check.evidence),
  };
}

/** Calls that differ only in time, as polling makes them, are told together. */
function callViews(evidence: readonly Evidence[]): CallView[] {
  const groups = new Map<string, Evidence[]>();
  for (const call of evidence) {
    const sameness = JSON.stringify([call.call, call.principal, call.error?.code]);
    const group = groups.get(sameness);
    if (group) group.push(call);
    else groups.set(sameness, [call]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const requestIds = [first, ...others].flatMap(({ requestId }) => requestId ?? []);
    const more = requestIds.length - mostRequestIds;
    return {
      call: first.call,
      principalName: principalName(first.principal),
      outcome: first.error ? first.error.code : 'answered',
      times: others.length > 0 ? `${others.length + 1} times` : undefined,
      requestIds: requestIds.slice(0, mostRequestIds),
      moreRequestIds: more > 0 ? `and ${more} more` : undefined,
    };
  });
}
