/**
 * Every check works with exactly the permissions that it declares, and needs each of them: with one taken away it
 * judges nothing and names what is missing. A check that is added is held to this in the stage of a lab that uses it.
 */
import { expect } from 'chai';
import { openProvingAccount } from '../../api/proving-account.ts';
import type { CallName } from '../../checks/call.ts';
import type { Check } from '../../checks/check.ts';
import { registry } from '../../checks/registry.ts';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { Caller, Identity } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { type Plan, planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import type { Prober } from '../../runner/probe/prober.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import type { Basis, CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { Rehearsal } from '../../runner/verify/rehearsal.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The scene in which a check is run: the stage that uses it is solved, unless something else is said. */
interface Scene {
  /** The only way that the check may take to its answer. */
  readonly way: Basis | 'any';
  /** Id of a mistake that is made instead, so that the check fails. */
  readonly mistake?: string;
  /** What is done besides. */
  readonly also?: readonly ProofStep[];
  /** The calls for whose sake the scene is there; absent, it is all that are made. */
  readonly for?: readonly CallName[];
}

const solved: Scene = { way: 'observed' };

const harmless = {
  $json: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' }],
  },
};
/** Policies of every kind that a user can hold, so that each has to be read. */
const everyKindOfPolicy: readonly ProofStep[] = [
  { 'iam.PutUserPolicy': { UserName: '${user}', PolicyName: 'own', PolicyDocument: harmless } },
  { 'iam.CreateGroup': { GroupName: 'learners' } },
  { 'iam.PutGroupPolicy': { GroupName: 'learners', PolicyName: 'inline', PolicyDocument: harmless } },
  {
    'iam.AttachGroupPolicy': {
      GroupName: 'learners',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess',
    },
  },
  { 'iam.AddUserToGroup': { GroupName: 'learners', UserName: '${user}' } },
];
const manyPolicies: Scene = { way: 'reasoned', also: everyKindOfPolicy };
/** The same without a policy that lets the user read tables. */
const policiesWithoutReading: Scene = {
  way: 'reasoned',
  also: [
    ...everyKindOfPolicy.slice(0, 1),
    {
      'iam.AttachUserPolicy': {
        UserName: '${user}',
        PolicyArn: 'arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser',
      },
    },
  ],
};
/** An attached policy of the group that says nothing of tables, beside its inline one. */
const managedOfGroup: ProofStep = {
  'iam.AttachGroupPolicy': {
    GroupName: '${group}',
    PolicyArn: 'arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser',
  },
};
/** An attached policy of a role, beside its inline one. */
const manyRolePolicies: Scene = {
  way: 'reasoned',
  also: [
    {
      'iam.AttachRolePolicy': {
        RoleName: '${role}',
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess',
      },
    },
  ],
};

/** Where a check makes a call only in another state of the account, or on another way to its answer. */
const otherScenes: Readonly<Record<string, readonly Scene[]>> = {
  'kms/key-exists': [{ ...solved, mistake: 'alias-typo', for: ['kms:ListAliases'] }],
  'dynamodb/table-exists': [{ ...solved, mistake: 'table-typo', for: ['dynamodb:ListTables'] }],
  'dynamodb/table-encrypted': [{ ...solved, mistake: 'another-key', for: ['kms:DescribeKey'] }],
  'iam/user-exists': [
    { ...solved, mistake: 'user-typo', for: ['iam:ListUsers'] },
    { ...solved, mistake: 'role-instead-of-user', for: ['iam:GetRole'] },
  ],
  'iam/user-allowed': [manyPolicies],
  'access/can-use-key': [manyPolicies],
  'access/cannot-use-key': [manyPolicies],
  'access/data-key-by-context': [manyPolicies],
  'access/may-verify-not-sign': [{ way: 'history' }, manyPolicies],
  'access/read-denied': [{ way: 'history' }, manyPolicies],
  'access/read-allowed': [{ way: 'history' }, manyPolicies],
  'access/call-allowed': [manyPolicies],
  'access/call-denied': [policiesWithoutReading],
  'access/session-allowed': [manyRolePolicies],
  'access/session-denied': [manyRolePolicies],
  'iam/group-own-items': [
    { way: 'reasoned', also: [managedOfGroup], for: ['iam:GetPolicy', 'iam:GetPolicyVersion'] },
  ],
  'iam/user-least-privilege': [
    { way: 'reasoned', mistake: 'user-may-write', for: ['iam:GetUserPolicy'] },
    {
      way: 'reasoned',
      mistake: 'user-with-managed-policy',
      for: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
    },
  ],
  'access/role-assumable': [{ way: 'history' }, manyPolicies],
  'iam/group-exists': [{ ...solved, mistake: 'group-typo', for: ['iam:ListGroups'] }],
  'iam/group-least-privilege': [
    { way: 'reasoned', mistake: 'managed-policy', for: ['iam:GetPolicy', 'iam:GetPolicyVersion'] },
  ],
  'iam/role-exists': [{ ...solved, mistake: 'role-typo', for: ['iam:ListRoles'] }],
  'iam/role-least-privilege': [
    { way: 'reasoned', mistake: 'managed-policy-of-role', for: ['iam:GetPolicy', 'iam:GetPolicyVersion'] },
  ],
  'iam/boundary-set': [
    { way: 'reasoned', mistake: 'boundary-attached', for: ['iam:ListAttachedUserPolicies'] },
  ],
};

/** The lab, and the stage of it, in which a check is used. */
interface Use {
  readonly lab: Lab;
  readonly proof: Proof;
  readonly stage: string;
}

const labs = await Promise.all(labFolders.map(readLab));

function useOf(check: Check): Use {
  for (const { lab, proof } of labs) {
    const stage = lab.stages.find(({ checks }) => checks.some((entry) => entry.check.id === check.id));
    if (stage) return { lab, proof, stage: stage.id };
  }
  throw new Error(`No lab uses the check ${check.id}.`);
}

/** The account in a scene, and the check run in it as somebody with these permissions and no others. */
interface Grading {
  readonly runWith: (permissions: readonly string[]) => Promise<CheckResult>;
}

async function inScene<Outcome>(
  check: Check,
  scene: Scene,
  play: (grading: Grading) => Promise<Outcome>,
): Promise<Outcome> {
  const { lab, proof, stage } = useOf(check);
  return Rehearsal.on({ lab, proof, openAccount: openProvingAccount }, async (rehearsal) => {
    // Each stage is checked when it is done, as a learner does: later ones refer to what was seen then.
    for (const { id } of lab.stages) {
      if (id === stage) break;
      await rehearsal.solve(id);
      await rehearsal.check([id]);
    }
    await rehearsal.carryOut(stepsOf(proof, stage, scene));
    const seen = (await rehearsal.check([stage])).find((one) => one.check === check.id);
    if (!seen) throw new Error(`The stage ${stage} did not run ${check.id}.`);
    const plan = planOf(lab, stage, check, seen.with);

    const { owner, callerFor } = rehearsal.account;
    const { caller, permit } = await grader(owner, callerFor, check.alsoNeeds);
    const folder = await temporaryFolder();
    const identity = await identify(owner);
    const journal = new Journal(`${folder.path}/keys.json`);
    const prober = temporaryKeyProber({ owner, identity, journal, callerFor });
    const place = { plan, caller, identity: await identify(caller), prober, way: scene.way };
    try {
      return await play({
        async runWith(permissions) {
          await permit(permissions);
          return run(place);
        },
      });
    } finally {
      await prober.close();
      await folder.remove();
    }
  });
}

function stepsOf(proof: Proof, stage: string, { mistake: id, also = [] }: Scene): ProofStep[] {
  if (id === undefined) return [...(proof[stage]?.solution ?? []), ...also];
  const mistake = proof[stage]?.mistakes.find((one) => one.id === id);
  if (!mistake) throw new Error(`The stage ${stage} has no mistake ${id}.`);
  return mistakeSteps(proof, stage, mistake);
}

/** That one check alone, with the parameters that it has in its lab: nothing else makes calls. */
function planOf(lab: Lab, stage: string, check: Check, params: CheckResult['with']): Plan {
  const plan = planRun(lab, {}, [stage]);
  const steps = plan.steps.filter((step) => step.stage.id === stage && step.check.id === check.id);
  return { ...plan, steps: steps.map((step) => ({ ...step, with: params, needs: [], explainedBy: [] })) };
}

async function run({
  way,
  ...options
}: {
  plan: Plan;
  caller: Caller;
  identity: Identity;
  prober: Prober;
  way: Scene['way'];
}): Promise<CheckResult> {
  const ways: Basis[] = way === 'any' ? ['observed', 'history', 'reasoned'] : [way];
  const accepting = (plan: Plan): Plan => ({
    ...plan,
    // What a lab accepts is another matter.
    steps: plan.steps.map((step) => ({ ...step, entry: { ...step.entry, accepts: new Set(ways) } })),
  });
  const { findings } = await runPlan({
    ...options,
    plan: accepting(options.plan),
    kind: 'sandbox',
    patienceMs: 5000,
  });
  const [finding] = Object.values(findings);
  if (!finding) throw new Error('Nothing was run.');
  return finding;
}

/**
 * A user without any policy, and how to give it exactly some permissions.
 *
 * @param throughDynamoDb of them, those that count only when DynamoDB asks on the grader's behalf
 */
async function grader(
  owner: Caller,
  callerFor: (key: ReturnType<typeof accessKeyIn>) => Caller,
  throughDynamoDb: readonly string[],
) {
  const UserName = 'grader';
  await owner.send('iam:CreateUser', { UserName });
  const caller = callerFor(accessKeyIn(await owner.send('iam:CreateAccessKey', { UserName })));
  const permit = async (permissions: readonly string[]) => {
    // A policy must hold a statement; this one gives nothing that is not everybody's.
    const Statement = ['sts:GetCallerIdentity', ...permissions].map((Action) => ({
      Effect: 'Allow',
      Action,
      Resource: '*',
      ...(throughDynamoDb.includes(Action) && {
        Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' } },
      }),
    }));
    await owner.send('iam:PutUserPolicy', {
      UserName,
      PolicyName: 'declared',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
  };
  return { caller, permit };
}

describe('with exactly the permissions that it declares', function () {
  this.timeout(60_000);

  for (const check of registry.values()) {
    const declared = [...check.calls, ...check.alsoNeeds];
    const scenes = [solved, ...(otherScenes[check.id] ?? [])];
    const needed = new Set<string>();

    describe(check.id, () => {
      for (const scene of scenes) {
        const verdict = scene.mistake === undefined ? 'pass' : 'fail';
        const way = check.probes.length > 0 ? scene.way : check.basis;
        const where = [scene.mistake ?? 'solved', way, ...(scene.also ? ['many policies'] : [])].join(', ');

        it(`judges, and without any one of them does not: ${where}`, () =>
          inScene(check, scene, async ({ runWith }) => {
            const seen = await runWith(declared);
            expect(seen, seen.message).to.include({ verdict });
            const made = new Set<string>(
              seen.evidence.filter((one) => one.principal.endsWith('/grader')).map((one) => one.call),
            );
            if (made.has('dynamodb:Scan')) for (const one of check.alsoNeeds) made.add(one);
            const tried: readonly string[] = scene.for ?? declared.filter((one) => made.has(one));
            expect([...made]).to.include.members([...tried]);

            for (const permission of new Set(tried)) {
              needed.add(permission);
              const without = await runWith(declared.filter((one) => one !== permission));
              const told = `without ${permission}: ${without.verdict}: ${without.message}`;
              if ((check.optional as readonly string[]).includes(permission)) {
                expect(without, told).to.include({ verdict, message: seen.message });
                expect(without.hint, told).to.not.equal(seen.hint);
              } else {
                expect(without, told).to.include({ verdict: 'error' });
                expect(without.message, told).to.include(permission);
                expect(without.hint, told).to.include(`need the permission \`${permission}\``);
              }
            }
          }));
      }

      if (check.probes.length > 0) {
        it('with every way open takes a missing permission for no fail', () =>
          inScene(check, { way: 'any' }, async ({ runWith }) => {
            for (const permission of new Set(declared)) {
              const without = await runWith(declared.filter((one) => one !== permission));
              const told = `without ${permission}: ${without.verdict}: ${without.message}`;
              expect(without.verdict, told).to.be.oneOf(['pass', 'error']);
            }
          }));
      }

      it('declares no permission that is never needed', () => {
        expect([...needed].sort()).to.deep.equal([...new Set(declared)].sort());
      });
    });
  }
});
