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
  readonly stages: readonly {
    readonly title: string;
    readonly verdict: VerdictView;
    /** Of its findings, joined: `observed, reasoned`; undefined when none was judged. */
    readonly basis: string | undefined;
    /** When its latest finding was judged. */
    readonly judgedAt: TimeView | undefined;
    /** The call that says most; undefined when none was made. */
    readonly telling: TellingCallView | undefined;
    readonly judgements: readonly JudgementView[];
  }[];
  /** Whether account ids and the like are hidden behind stand-ins. */
  readonly isPublic: boolean;
}

interface TellingCallView {
  readonly call: string;
  readonly principalName: string;
  readonly outcome: string;
  readonly requestId: string | undefined;
}

const meanings: Readonly<Record<Basis, string>> = {
  observed: 'a call made for this finding showed it',
  history: 'CloudTrail recorded it',
  reasoned: 'the policies that apply were evaluated',
};

/** Calls that show data. */
const reads: ReadonlySet<string> = new Set(['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:GetItem']);

const mostRequestIds = 4;
const longestName = 200;

export function verificationView(result: Result, isPublic = false): VerificationView {
  const { account, lab } = result;
  const judged = result.stages.flatMap(({ checks }) => checks).filter(wasJudged);
  const times = judged.flatMap(({ judgedAt = '' }) => judgedAt || []).sort();
  const [first = result.startedAt] = times;
  const last = times.at(-1) ?? result.finishedAt;
  return {
    kind: accountKindView(account.kind),
    facts: [
      ...row('Judged', periodText(first, last)),
      ...row('Account', account.id, true),
      ...row('Kind of account', accountKindView(account.kind).name),
      ...row('Region', account.region, true),
      ...row('Checked as', account.arn, true),
      ...row('Lab', lab.id, true),
      ...row('Lab file (SHA-256)', lab.digest, true),
      ...Object.entries(result.params).flatMap(([name, value]) =>
        row(`Name given: ${clip(name, longestName)}`, clip(value, longestName), true),
      ),
    ],
    bases: (['observed', 'history', 'reasoned'] as const)
      .filter((basis) => judged.some((check) => check.basis === basis))
      .map((basis) => ({ name: basis, meaning: meanings[basis] })),
    stages: result.stages.map((stage) => ({
      title: stage.title,
      verdict: verdictView(stage.verdict),
      ...summaryOf(stage.checks.filter(wasJudged)),
      telling: tellingCall(stage.checks, account.arn),
      judgements: stage.checks.map(judgementView),
    })),
    isPublic,
  };
}

/** From the first finding that stands to the last one: not how long the latest run took. */
function periodText(first: string, last: string): string {
  const [from, to] = [timeView(first).text, timeView(last).text];
  const duration = durationBetween(first, last);
  return from === to || duration === undefined ? to : `${from} to ${to} (${duration})`;
}

function summaryOf(judged: readonly CheckResult[]) {
  const latest = judged
    .flatMap(({ judgedAt = '' }) => judgedAt || [])
    .sort()
    .at(-1);
  return {
    basis: [...new Set(judged.map(({ basis }) => basis))].join(', ') || undefined,
    judgedAt: latest === undefined ? undefined : timeView(latest),
  };
}

/**
 * The call of a stage that says most: one made as somebody else before one of the owner's, a refusal before an answer, and
 * otherwise the last one behind the finding that is worth most.
 */
function tellingCall(checks: readonly CheckResult[], owner: string): TellingCallView | undefined {
  const byWorth = checks.filter(({ evidence }) => evidence.length > 0).sort((a, b) => b.max - a.max);
  const calls = byWorth.flatMap(({ evidence }) => evidence.toReversed());
  const foreign = calls.filter(({ principal }) => principal !== owner);
  const call =
    foreign.find(({ error }) => error) ??
    foreign.find(({ call }) => reads.has(call)) ??
    foreign[0] ??
    calls[0];
  return (
    call && {
      call: call.call,
      principalName: principalName(call.principal),
      outcome: call.error ? call.error.code : 'answered',
      requestId: call.requestId,
    }
  );
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
