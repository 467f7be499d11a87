/** From a roster to a class that is graded, with all its files. */
import { openAccountAt } from '../../runner/accounts/open-account.ts';
import { gradeClass } from '../../runner/grading/grade-class.ts';
import type { GradingProgress } from '../../runner/grading/grading-progress.ts';
import { type Entrance, learnerOpener } from '../../runner/grading/open-learner.ts';
import { policyWithFlags } from '../../runner/grading-policy/load-policy.ts';
import { readSigningKey } from '../../runner/integrity/signing-key.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { giveOverrides, keepOverrides } from '../../runner/overrides/kept-overrides.ts';
import { PlanError } from '../../runner/plan.ts';
import { waysOf } from '../../runner/probe/ways.ts';
import { NotAText } from '../../runner/roster/decode.ts';
import { readRoster } from '../../runner/roster/read-roster.ts';
import type { Roster } from '../../runner/roster/roster.ts';
import { lockFolder } from '../../runner/state/state-lock.ts';
import type { AwsAccount } from '../aws-account.ts';
import { type ConcludedClass, concludeClass } from './conclude-class.ts';
import type { GradeClassOptions, GradedClass } from './grade-class-options.ts';
import { learnerDocuments } from './learner-documents.ts';
import { refuseWithoutCredentials } from './refuse-without-credentials.ts';

export async function gradeRoster(
  lab: Lab,
  options: GradeClassOptions & { readonly signal: AbortSignal },
  tell: (event: GradingProgress) => void,
): Promise<GradedClass> {
  const { account, folder: out, concurrency, only, since, probe, patienceMs, signal } = options;
  const policy = policyOf(options);
  const { learners, problems } = rosterOf(lab, options, policy.policy.timeZone);
  const given =
    options.overrides === undefined
      ? undefined
      : giveOverrides('overrides', options.overrides, { lab, learners });
  const key = options.signingKey === undefined ? undefined : await readSigningKey(options.signingKey);
  await refuseWithoutCredentials(learners, () => openAccountAt(account), signal);
  const free = await lockFolder(out, { signal });
  try {
    const overrides = await keepOverrides(out, given, lab);
    let concluded: ConcludedClass | undefined;
    await gradeClass({
      lab,
      learners,
      out,
      ways: waysOf(probe),
      documents: learnerDocuments,
      openAccount: learnerOpener({
        lab,
        out,
        keys: probe === 'key',
        openEntrance: async (entrance, connections) =>
          openAccountAt({ ...enteredBy(account, entrance), connections }),
      }),
      onProgress: tell,
      async conclude(grading) {
        concluded = await concludeClass({ lab, learners, out, grading, policy, overrides, key });
      },
      ...(concurrency !== undefined && { concurrency }),
      ...(only && { only }),
      ...(since && { since: since.toISOString() }),
      ...(patienceMs !== undefined && { patienceMs }),
      signal,
    });
    // Only who is interrupted leaves somebody out.
    if (!concluded) throw signal.reason;
    return { ...concluded, problems };
  } finally {
    await free();
  }
}

/** A profile of the roster takes the place of whatever the instructor is entered with. */
function enteredBy({ credentials, ...account }: AwsAccount, entrance: Entrance): AwsAccount {
  const whose = credentials && entrance.profile === undefined ? { credentials } : {};
  return { ...account, ...whose, ...entrance };
}

/** @throws LabProblems */
function policyOf({ policy: text, timeZone }: GradeClassOptions) {
  const zone: Record<string, string> = timeZone === undefined ? {} : { 'time-zone': timeZone };
  const file = text === undefined ? undefined : { name: 'policy', text };
  return { given: text !== undefined, policy: policyWithFlags(zone, file) };
}

/** @throws PlanError where nobody can be graded, or `only` names somebody who is not there */
function rosterOf(lab: Lab, { roster: csv, only = [] }: GradeClassOptions, zone: string): Roster {
  const roster = readable(csv, lab, zone);
  const ids = new Set(roster.learners.map(({ id }) => id));
  if (ids.size === 0) {
    const why = roster.problems.map(({ line, message, fix = '' }) =>
      `Line ${line}: ${message} ${fix}`.trim(),
    );
    throw new PlanError(`Nobody in the roster can be graded. ${why.join(' ')}`);
  }
  const missing = only.filter((id) => !ids.has(id));
  if (missing.length > 0)
    throw new PlanError(
      `The roster has no learner ${missing.join(', ')} who can be graded. Ids are those of the column "learner id".`,
    );
  return roster;
}

function readable(csv: string | Uint8Array, lab: Lab, zone: string): Roster {
  try {
    return readRoster(typeof csv === 'string' ? new TextEncoder().encode(csv) : csv, { lab, zone });
  } catch (error) {
    if (error instanceof NotAText) throw new PlanError(`The roster cannot be read. ${error.message}`);
    throw error;
  }
}
