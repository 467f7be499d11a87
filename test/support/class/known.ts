/**
 * What a learner's grading has to come to. Found by checking one account of each kind alone, in calm weather, by its owner and through
 * the role, and held against what the lab and its proof say, so that the generator does not just repeat a mistake of the grader.
 */
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import { checkLab } from '../../../runner/check-lab.ts';
import type { LearnerAccount } from '../../../runner/grading/grade-learner.ts';
import type { LearnerResult } from '../../../runner/grading/learner-result.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { neededPermissions } from '../../../runner/permissions/needed.ts';
import { allSteps, planRun } from '../../../runner/plan.ts';
import { Journal } from '../../../runner/probe/journal.ts';
import { temporaryKeyProber } from '../../../runner/probe/temporary-key.ts';
import type { Proof } from '../../../runner/proof/schema.ts';
import type { CheckResult, Result, Verdict } from '../../../runner/result.ts';
import type { AccessKey, Sandbox } from '../../../sandbox/sandbox.ts';
import type { WorkState } from '../recorded-runs.ts';

export interface Known {
  readonly status: LearnerResult['status'];
  /** Absent where nothing can be judged. */
  readonly points?: number;
  /** In the order of the lab; empty where nothing can be judged. */
  readonly verdicts: readonly Verdict[];
}

export const notJudged: Known = { status: 'not judged', verdicts: [] };

/** The part of a learner's result that is known beforehand. */
export function asKnown({ status, score, result }: Omit<LearnerResult, 'learner'>): Known {
  if (!result || !score) return { status, verdicts: [] };
  return { status, points: score.points, verdicts: checksOf(result).map(({ verdict }) => verdict) };
}

export interface KnownOptions {
  readonly lab: Lab;
  readonly proof: Proof;
  readonly sandbox: Sandbox;
  readonly state: WorkState;
  readonly owner: AccessKey;
  /** Another account of the same kind, through the role: CloudTrail remembers what the owner's check tried. */
  readonly opened: LearnerAccount;
  /** The action that the role does not allow. */
  readonly lacks?: string;
  /** For journals of temporary keys. */
  readonly folder: string;
}

/** @throws where the checks say something else than the lab and its proof */
export async function findKnown(options: KnownOptions): Promise<Known> {
  const { lab, proof, state, opened, lacks } = options;
  const own = await checkAsOwner(options);
  refuseOtherThanProof(lab, proof, state, own);
  const { result: seen } = await checkLab({ ...opened, lab, patienceMs: 1000 });
  refuseOtherThanOwner(lab, { own, seen, ...(lacks !== undefined && { lacks }) }, state.name);
  const verdicts = checksOf(seen).map(({ verdict }) => verdict);
  const status = verdicts.includes('error') ? 'partly' : 'graded';
  return { status, points: seen.score.points, verdicts };
}

/** The actions without which something of this account cannot be judged, as a check by its owner asked for them. */
export async function askedActions(
  options: Pick<KnownOptions, 'lab' | 'sandbox' | 'owner' | 'folder'>,
): Promise<string[]> {
  const own = await checkAsOwner(options);
  // What fails may do so for several reasons, of which one that cannot be seen is not missed.
  const passed = checksOf(own).filter(({ verdict }) => verdict === 'pass');
  const asked = new Set<string>(passed.flatMap(({ evidence }) => evidence.map(({ call }) => call)));
  const steps = allSteps(options.lab, planRun(options.lab, {}).params);
  return neededPermissions(steps).calls.filter((call) => asked.has(call));
}

async function checkAsOwner({
  lab,
  sandbox,
  owner,
  folder,
}: Pick<KnownOptions, 'lab' | 'sandbox' | 'owner' | 'folder'>): Promise<Result> {
  const callerFor = ({ accessKeyId, secretAccessKey }: AccessKey) =>
    new AwsCaller({
      region: sandbox.region,
      endpoint: sandbox.url,
      credentials: { accessKeyId, secretAccessKey },
    });
  const caller = callerFor(owner);
  try {
    const { result } = await checkLab({
      lab,
      caller,
      kind: 'sandbox',
      patienceMs: 1000,
      prober: async (identity) =>
        temporaryKeyProber({ owner: caller, identity, journal: new Journal(folder), callerFor }),
    });
    return result;
  } finally {
    caller.close();
  }
}

/** Stages that are done earn all their points as long as nothing undid them, and a mistake is not earned by the check that catches it. */
function refuseOtherThanProof(lab: Lab, proof: Proof, { name, parts }: WorkState, own: Result): void {
  const wrong = (what: string) => new Error(`The state ${name} of the generated class: ${what}.`);
  const [stage = '', mistake] = name.split('/');
  const made = proof[stage]?.mistakes.find(({ id }) => id === mistake);
  if (made && mistake !== undefined) {
    const caught = checksOf(own).filter((one) => one.check === made['caught-by'] && one.points < one.max);
    if (caught.length === 0) throw wrong(`${made['caught-by']} does not catch it`);
    return;
  }
  // A stage that changes nothing in the account is done with the one before it.
  const done = new Set(parts.map((part) => part.stage));
  for (const [at, { id }] of lab.stages.entries())
    if (proof[id]?.solution.length === 0 && done.has(lab.stages[at - 1]?.id ?? '')) done.add(id);
  const isDone = (stage: string) => done.has(stage);
  // The account was never checked before: what a clean-up takes away cannot be seen any more.
  if (isDone(lab.stages.at(-1)?.id ?? '')) return;
  const stages = lab.stages.flatMap(({ id, checks }) => checks.map(() => id));
  for (const [at, { check, points, max }] of checksOf(own).entries()) {
    const stage = stages[at] ?? '';
    const earned = isDone(stage) ? max : 0;
    if (points !== earned) throw wrong(`${check} in ${stage} earns ${points}, and not ${earned} points`);
  }
}

/**
 * Through the role everything is judged as by the owner, but for what it cannot look at: the checks that ask for what it lacks, those that
 * wait for them, and a key whose policy heeds no IAM policy. That is not judged, and never failed.
 */
function refuseOtherThanOwner(
  lab: Lab,
  { own, seen, lacks }: { own: Result; seen: Result; lacks?: string },
  name: string,
): void {
  const wrong = (what: string) =>
    new Error(
      `The state ${name} of the generated class, through a role${lacks ? ` without ${lacks}` : ''}: ${what}.`,
    );
  const steps = allSteps(lab, planRun(lab, {}).params);
  const ownChecks = checksOf(own);
  const others = checksOf(seen).flatMap((one, at) => {
    const owner = ownChecks[at];
    return owner && owner.verdict !== one.verdict ? [{ one, owner, step: steps[at] }] : [];
  });
  for (const { one, owner } of others) {
    if (one.verdict !== 'error' && one.verdict !== 'skip')
      throw wrong(`${one.check} is ${one.verdict}, and ${owner.verdict} for the owner: ${one.message}`);
  }
  if (lacks !== undefined && !others.some(({ one }) => one.verdict === 'error'))
    throw wrong('everything is judged');
  if (lacks === undefined && others.length > 0 && !others.some(({ one }) => /kms:/.test(one.message)))
    throw wrong(`${others[0]?.one.check} is not judged: ${others[0]?.one.message}`);
}

function checksOf({ stages }: Result): CheckResult[] {
  return stages.flatMap(({ checks }) => checks);
}
