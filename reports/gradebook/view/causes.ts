/** What went wrong most often: equal mistakes told once, under whatever names learners made them. */
import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { clip, count } from '../../plain-text.ts';
import { learnerLink } from './learner-link.ts';

interface CauseView {
  readonly count: number;
  /** What the check is called; undefined for an account that could not be reached. */
  readonly check: string | undefined;
  /** What was seen, learners' own names as `‹table›`. */
  readonly message: string;
  /** Markdown; undefined where there is none. */
  readonly hint: string | undefined;
  readonly learners: readonly { readonly id: string; readonly href: string | undefined }[];
  readonly more: number;
}

export interface CausesView {
  /** The learner's work is wrong. */
  readonly mistakes: readonly CauseView[];
  /** We lack something: a permission, the role, an answer. It is no fault in the work. */
  readonly unjudged: readonly CauseView[];
  /** How many learners have at least one of each kind. */
  readonly wrongLearners: number;
  readonly unjudgedLearners: number;
}

const shown = 12;
const shownLearners = 8;

export function causesView({ lab, learners }: Pick<ClassResult, 'lab' | 'learners'>): CausesView {
  const titles = new Map(
    lab.stages.flatMap(({ checks }) => checks.map(({ id, title }) => [id, title] as const)),
  );
  const mistakes = new Map<string, Cause>();
  const unjudged = new Map<string, Cause>();
  for (const learner of learners) {
    if (learner.error) add(unjudged, learner, undefined, learner.error.message, learner.error.advice);
    for (const { id, verdict, message, hint } of learner.checks) {
      const check = titles.get(id) ?? id;
      if (verdict === 'fail') add(mistakes, learner, check, message, hint, check);
      // One permission that is missing stops several checks.
      if (verdict === 'error') add(unjudged, learner, check, message, undefined);
    }
  }
  const has = (learner: ClassLearner, verdict: string) =>
    learner.checks.some((check) => check.verdict === verdict);
  return {
    mistakes: ranked(mistakes),
    unjudged: ranked(unjudged),
    wrongLearners: learners.filter((learner) => has(learner, 'fail')).length,
    unjudgedLearners: learners.filter((learner) => learner.points === null || has(learner, 'error')).length,
  };
}

interface Cause {
  readonly checks: Set<string>;
  readonly message: string;
  readonly hint: string | undefined;
  readonly learners: Set<ClassLearner>;
}

/** @param apart what tells causes with one message from each other */
function add(
  causes: Map<string, Cause>,
  learner: ClassLearner,
  check: string | undefined,
  text: string,
  hint: string | undefined,
  apart = '',
): void {
  const message = withoutNames(text, learner);
  const key = JSON.stringify([apart, message]);
  const cause = causes.get(key) ?? { checks: new Set(), message, hint, learners: new Set() };
  if (check !== undefined) cause.checks.add(check);
  cause.learners.add(learner);
  causes.set(key, cause);
}

/** What differs from learner to learner: their names for things, accounts, ARNs, ids. */
function withoutNames(text: string, learner: ClassLearner): string {
  const own = [
    ...Object.entries(learner.params ?? {}),
    ['account', learner.account ?? ''],
    ['learner', learner.id],
  ];
  const told = own
    .filter(([, value = '']) => value.length > 2)
    .sort(([, a = ''], [, b = '']) => b.length - a.length)
    .reduce(
      (done, [name, value = '']) => done.replaceAll(value, `‹${name}›`),
      text.replace(/arn:aws[^\s,;"']*[^\s,;"'.]/g, '‹ARN›'),
    );
  return clip(
    told
      .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, '‹id›')
      .replace(/\b\d{12}\b/g, '‹account›'),
    400,
  );
}

function checksText(checks: ReadonlySet<string>): string | undefined {
  const [first, second] = checks;
  return second === undefined ? first : `${first}, and ${count(checks.size - 1, 'more check')}`;
}

function ranked(causes: ReadonlyMap<string, Cause>): CauseView[] {
  return [...causes.values()]
    .sort((a, b) => b.learners.size - a.learners.size)
    .slice(0, shown)
    .map(({ checks, message, hint, learners }) => ({
      count: learners.size,
      check: checksText(checks),
      message,
      hint,
      learners: [...learners].slice(0, shownLearners).map((one) => ({ id: one.id, href: learnerLink(one) })),
      more: Math.max(0, learners.size - shownLearners),
    }));
}
