/** Reads who is asked about, and every policy that is attached to it. */
import { anySession, callerContext, type KnownContext } from '../../checks/access/request-context.ts';
import type { Account } from '../../checks/account.ts';
import { isAbsent } from '../../checks/call.ts';
import { readRolePolicies, rolePolicyCalls } from '../../checks/iam/role-policies.ts';
import { readUserPolicies, userPolicyCalls } from '../../checks/iam/user-policies.ts';
import type { Policies } from '../../policy/findings.ts';
import type { Principal } from '../../policy/request.ts';
import type { AskedPrincipal } from './asked-principal.ts';
import { QuestionError } from './question-error.ts';

/** The calls that {@link readPrincipal} makes. */
export const principalCalls = [...userPolicyCalls, ...rolePolicyCalls] as const;

type Iam = Account<(typeof principalCalls)[number]>;

export interface KnownPrincipal {
  readonly principal: Exclude<Principal, { kind: 'service' }>;
  readonly policies: Policies;
  /** Keys that depend on nothing but the principal, in the Region of the account given. */
  readonly contextIn: (account: Account<never>) => KnownContext;
}

/** @throws QuestionError when it is not there; NotJudged, CallError */
export async function readPrincipal(asked: AskedPrincipal, account: Iam): Promise<KnownPrincipal> {
  switch (asked.kind) {
    case 'root':
      return root(account);
    case 'user':
      return user(asked.name, account);
    case 'role':
      return role(asked.name, asked.session, account);
    case 'user or role':
      return userOrRole(asked.name, account);
  }
}

function root({ id, arn }: Iam): KnownPrincipal {
  const partition = arn.split(':')[1] ?? 'aws';
  const principal = { kind: 'root', arn: `arn:${partition}:iam::${id}:root`, accountId: id } as const;
  return { principal, policies: { identity: [] }, contextIn: (there) => callerContext(principal, there) };
}

async function user(name: string, account: Iam): Promise<KnownPrincipal> {
  const { userArn, userId, tags, ...policies } = await readUserPolicies(account, name);
  const principal = { kind: 'user', arn: userArn, userId, accountId: account.id } as const;
  return { principal, policies, contextIn: (there) => callerContext(principal, there, tags) };
}

async function role(name: string, session: string | undefined, account: Iam): Promise<KnownPrincipal> {
  const { roleArn, roleId, ...policies } = await readRolePolicies(account, name);
  const partition = roleArn.split(':')[1] ?? 'aws';
  const sessionName = session ?? anySession;
  const principal = {
    kind: 'role-session',
    arn: `arn:${partition}:sts::${account.id}:assumed-role/${name}/${sessionName}`,
    roleArn,
    userId: `${roleId}:${sessionName}`,
    accountId: account.id,
  } as const;
  return { principal, policies, contextIn: (there) => callerContext(principal, there) };
}

async function userOrRole(name: string, account: Iam): Promise<KnownPrincipal> {
  if (await isThere(account.call('iam:GetUser', { UserName: name }))) return user(name, account);
  if (await isThere(account.call('iam:GetRole', { RoleName: name }))) return role(name, undefined, account);
  throw new QuestionError(`There is neither an IAM user nor a role ${name} in the account ${account.id}.`);
}

async function isThere(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
