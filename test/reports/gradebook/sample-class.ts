/** A made-up class: some have solved the lab, some are half-way, some made its mistakes, some cannot be reached. */
import type { ClassLearner, ClassResult, LearnerCheck } from '../../../runner/class-result.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { firstLab, readLab } from '../../support/labs.ts';

const { lab } = await readLab(firstLab);
const firstNames = [
  'Ada',
  'Bob',
  'Cem',
  'Dorothea',
  'Eve',
  'Fatima',
  'Goran',
  'Hana',
  'Ines',
  'Jürgen',
  'Kofi',
  'Łucja',
];
const lastNames = [
  'Lovelace',
  'Kahn',
  'Yılmaz',
  "O'Neill",
  'Núñez',
  'Müller-Lüdenscheidt',
  'Osei',
  'Nowak',
  'Ито',
  'Tan',
];

/** What somebody sees who made a mistake at a check, by the check's id. Names differ from learner to learner. */
const mistakes: Readonly<Record<string, readonly ((who: string) => string)[]>> = {
  'kms/key-exists': [
    (who) => `No key answers to alias/${who}-key in eu-west-1.`,
    (who) => `The key behind alias/${who}-key has the spec RSA_2048.`,
  ],
  'dynamodb/table-encrypted': [(who) => `${who}-table is encrypted with a key that AWS owns.`],
  'iam/user-exists': [(who) => `There is no user ${who}-user.`],
};

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param size how many learners */
export function sampleClass(size: number, seed = 1): ClassResult {
  const roll = dice(seed);
  return {
    schema: 'labwright/class/v1',
    lab: labOf(lab),
    policy: 'Due 1 December 2026, 18:00 UTC; 10 % for each day, for each check by itself.',
    startedAt: '2026-12-04T08:00:00.000Z',
    finishedAt: '2026-12-04T08:12:00.000Z',
    learners: Array.from({ length: size }, (_, index) => learner(index, roll)),
  };
}

function labOf({ id, title, digest, stages }: Lab): ClassResult['lab'] {
  const made = stages.map((stage) => ({
    id: stage.id,
    title: stage.title,
    max: stage.checks.reduce((sum, { points }) => sum + points, 0),
    checks: stage.checks.map((entry, index) => ({
      id: `${stage.id}/${index}`,
      check: entry.check.id,
      title: entry.check.title,
      max: entry.points,
    })),
  }));
  return { id, title, digest, stages: made, max: made.reduce((sum, { max }) => sum + max, 0) };
}

function learner(index: number, roll: () => number): ClassLearner {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
  const name = `${pick(firstNames)} ${pick(lastNames)}`;
  const id = `s${String(index + 1).padStart(4, '0')}`;
  const who = {
    id,
    name,
    email: `${id}@example.com`,
    section: pick(['Mon', 'Tue', 'Wed']),
    account: String(100_000_000_000 + index * 7_919),
    params: { alias: `alias/${id}-key`, table: `${id}-table`, user: `${id}-user` },
    page: `learners/${id}.html`,
  };
  const kind = roll();
  if (kind < 0.05) {
    return {
      ...who,
      points: null,
      before: null,
      unjudged: labOf(lab).max,
      why: [],
      lateSeconds: 0,
      lateDaysUsed: 0,
      attempts: 0,
      checks: [],
      error: pick([
        {
          message: `The role arn:aws:iam::${who.account}:role/grader may not be assumed.`,
          advice: 'Ask the learner to create the role.',
        },
        { message: 'The external id is not the one that the role asks for.' },
      ]),
    };
  }
  const reached = kind < 0.55 ? 99 : Math.floor(roll() * lab.stages.length);
  const lateSeconds = roll() < 0.2 ? Math.ceil(roll() * 3) * 86_400 - 3600 : 0;
  const withoutPermission = roll() < 0.08;
  const checks = lab.stages.flatMap((stage, at) =>
    stage.checks.map((entry, position): LearnerCheck => {
      const common = {
        id: `${stage.id}/${position}`,
        durationMs: Math.round(roll() * 900),
        hint: entry.hint,
      };
      if (withoutPermission && entry.check.id.startsWith('iam/')) {
        return {
          ...common,
          verdict: 'error',
          points: null,
          message: `AWS refused iam:ListAttachedUserPolicies to arn:aws:sts::${who.account}:assumed-role/grader/labwright.`,
        };
      }
      if (at < reached || (at === reached && position < 1 && roll() < 0.5)) {
        const lost = lateSeconds > 0 && at > 3 ? 0.1 * Math.ceil(lateSeconds / 86_400) : 0;
        return {
          id: common.id,
          durationMs: common.durationMs,
          verdict: 'pass',
          points: entry.points * (1 - lost),
          message: 'It is there.',
          ...(lost > 0 && { lateSeconds }),
        };
      }
      if (at > reached)
        return { ...common, verdict: 'skip', points: 0, message: 'It waits for an earlier check.' };
      const wrong = pick(
        mistakes[entry.check.id] ?? [(whose: string) => `${whose}-user has not what the lab asks for.`],
      );
      return { ...common, verdict: 'fail', points: 0, message: wrong(id) };
    }),
  );
  const points = checks.reduce((sum, check) => sum + (check.points ?? 0), 0);
  const before = lab.stages
    .flatMap((stage) => stage.checks)
    .reduce((sum, entry, at) => sum + (checks[at]?.verdict === 'pass' ? entry.points : 0), 0);
  const max = new Map(
    lab.stages.flatMap((stage) => stage.checks.map((entry, at) => [`${stage.id}/${at}`, entry.points])),
  );
  return {
    ...who,
    points: Math.round(points * 100) / 100,
    before,
    unjudged: checks
      .filter((check) => check.points === null)
      .reduce((sum, check) => sum + (max.get(check.id) ?? 0), 0),
    why:
      before > points ? [`Passed late: ${Math.round(points * 100) / 100} instead of ${before} points.`] : [],
    lateSeconds: before > points ? lateSeconds : 0,
    lateDaysUsed: 0,
    attempts: 1 + Math.floor(roll() * 4),
    judgedAt: '2026-12-04T08:05:00.000Z',
    checks,
  };
}

/** The same class with a text in every place that learners or accounts fill. */
export function classFilledWith(text: string, size = 3): ClassResult {
  const result = sampleClass(size, 4);
  return {
    ...result,
    policy: text,
    doubles: [{ kind: text, learners: [`${text}0`, text], message: text, shown: [text, text] }],
    lab: {
      ...result.lab,
      title: text,
      stages: result.lab.stages.map((stage) => ({
        ...stage,
        title: text,
        checks: stage.checks.map((check) => ({ ...check, title: text })),
      })),
    },
    learners: result.learners.map((one, index) => ({
      ...one,
      id: `${text}${index}`,
      name: text,
      email: text,
      section: text,
      page: text,
      why: [text],
      ...(index === 0 && { error: { message: text, advice: text } }),
      override: { judged: { points: null, unjudged: 5 }, whole: { points: 5, by: text, reason: text } },
      checks: one.checks.map((check) => ({
        ...check,
        message: text,
        hint: text,
        override: { by: text, reason: text, judged: { verdict: 'fail', points: 0, message: text } },
      })),
    })),
  };
}
