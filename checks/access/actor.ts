/** Who is tried: an IAM user, or a session of a role, with every policy that says what it may do. */
import type { Policies } from '../../policy/findings.ts';
import type { Principal } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import { readRolePolicies, type rolePolicyCalls } from '../iam/role-policies.ts';
import { readUserPolicies, type userPolicyCalls } from '../iam/user-policies.ts';
import { callerContext, type KnownContext } from './request-context.ts';

export interface Actor {
  /** For sentences: `ana`, `auditor's session`. */
  readonly name: string;
  readonly principal: Exclude<Principal, { kind: 'service' | 'root' }>;
  readonly policies: Policies;
  /** Of a user. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** @throws Failed when there is no such user; NotJudged, CallError */
export async function userActor(
  account: Account<(typeof userPolicyCalls)[number]>,
  name: string,
): Promise<Actor> {
  const { userArn, userId, tags, ...policies } = await readUserPolicies(account, name);
  const principal = { kind: 'user', arn: userArn, userId, accountId: account.id } as const;
  return { name, principal, policies, tags };
}

/** @param sessionName of the session. @throws Failed when there is no such role; NotJudged, CallError */
export async function sessionActor(
  account: Account<(typeof rolePolicyCalls)[number]>,
  role: string,
  sessionName: string,
): Promise<Actor> {
  const { roleArn, roleId, ...policies } = await readRolePolicies(account, role);
  const partition = roleArn.split(':')[1] ?? 'aws';
  const principal = {
    kind: 'role-session',
    arn: `arn:${partition}:sts::${account.id}:assumed-role/${role}/${sessionName}`,
    roleArn,
    userId: `${roleId}:${sessionName}`,
    accountId: account.id,
  } as const;
  return { name: `${role}'s session`, principal, policies };
}

export function actorContext({ principal, tags }: Actor, account: Account<never>): KnownContext {
  return callerContext(principal, account, tags);
}
