/** A learner's account in a known state of work, with the role for the instructor. */
import { CallError } from '../../../checks/call.ts';
import { accessKeyIn } from '../../../runner/accounts/access-key.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { planRun } from '../../../runner/plan.ts';
import { carryOut } from '../../../runner/proof/carry-out.ts';
import { graderRole } from '../../../runner/role/grader-role.ts';
import type { AccountAccess, Sandbox } from '../../../sandbox/sandbox.ts';
import { DirectCaller } from '../direct-caller.ts';
import type { WorkState } from '../recorded-runs.ts';

export interface PrepareOptions {
  readonly sandbox: Sandbox;
  readonly lab: Lab;
  readonly state: WorkState;
  /** Twelve digits. */
  readonly account: string;
  /** The learner's names, where they differ from the lab's. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function prepareAccount(options: PrepareOptions): Promise<AccountAccess> {
  const { sandbox, lab, state, settings } = options;
  const access = sandbox.addAccount(options.account);
  const caller = administratorOf(sandbox, access);
  const { params } = planRun(lab, settings);
  for (const { stage, steps } of state.parts) {
    // As the lab asks for: the denial is seen before access is granted, and CloudTrail remembers it.
    if (stage === 'grant') await tryInVain(sandbox, access, { user: params.user, table: params.table });
    await carryOut({ steps, caller, params });
  }
  return access;
}

export interface RoleOptions {
  readonly lab: Lab;
  readonly settings: Readonly<Record<string, string>>;
  /** Account that may assume it. */
  readonly trusted: string;
  readonly externalId: string;
  /** An action that it shall not allow. */
  readonly lacks?: string;
}

/** Makes the role that `labwright role --allow-probe` describes. */
export async function makeGraderRole(
  sandbox: Sandbox,
  access: AccountAccess,
  { lab, settings, trusted, externalId, lacks }: RoleOptions,
): Promise<void> {
  const account = access.account.id;
  const role = graderRole({
    lab,
    settings,
    instructor: trusted,
    externalId,
    account,
    allowProbe: true,
  });
  const statements = role.permissions.Statement.map((one) => ({
    ...one,
    Action: one.Action.filter((action) => action !== lacks),
  })).filter(({ Action }) => Action.length > 0);
  const caller = administratorOf(sandbox, access);
  await caller.send('iam:CreateRole', {
    RoleName: role.name,
    AssumeRolePolicyDocument: JSON.stringify(role.trust),
  });
  await caller.send('iam:PutRolePolicy', {
    RoleName: role.name,
    PolicyName: 'labwright-checks',
    PolicyDocument: JSON.stringify({ ...role.permissions, Statement: statements }),
  });
}

function administratorOf(sandbox: Sandbox, { account, administrator }: AccountAccess): DirectCaller {
  return new DirectCaller({ sandbox, account, key: administrator });
}

/** The test user reads the table, and is refused. */
async function tryInVain(
  sandbox: Sandbox,
  access: AccountAccess,
  { user, table }: { user: string | undefined; table: string | undefined },
): Promise<void> {
  const owner = administratorOf(sandbox, access);
  const key = accessKeyIn(await owner.send('iam:CreateAccessKey', { UserName: user }));
  const asUser = new DirectCaller({ sandbox, account: access.account, key });
  const refused = await asUser.send('dynamodb:Scan', { TableName: table }).then(
    () => false,
    (error: unknown) => error instanceof CallError && error.code === 'AccessDeniedException',
  );
  if (!refused) throw new Error(`The user ${user} was let in before the grant.`);
  await owner.send('iam:DeleteAccessKey', { UserName: user, AccessKeyId: key.accessKeyId });
}
