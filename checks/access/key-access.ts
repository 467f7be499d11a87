/** Reasons about who may use a key: everything that decides is read and evaluated by `policy/`. */
import { z } from 'zod';
import type { Decision } from '../../policy/decision.ts';
import { decideInDoubt } from '../../policy/doubt.ts';
import { evaluate } from '../../policy/evaluate.ts';
import type { Denial } from '../../policy/explain.ts';
import { explainKeyAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import { evaluateKms } from '../../policy/kms.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { withoutPrincipal } from '../../policy/without-principal.ts';
import type { Account } from '../account.ts';
import type { HeldPolicy } from '../iam/held-policies.ts';
import { readUserPolicies, type UserPolicies, userPolicyCalls } from '../iam/user-policies.ts';
import {
  type KeyPolicyAndGrants,
  keyPolicyAndGrantCalls,
  readKeyPolicyAndGrants,
} from '../kms/key-policy-and-grants.ts';
import type { NotJudged } from '../not-judged.ts';
import { callerContext, type KnownContext, onKey, throughDynamoDb, together } from './request-context.ts';
import { undecidedAccess } from './undecided-access.ts';

/** The calls that {@link readKeyAccess} makes. */
export const keyAccessCalls = [...userPolicyCalls, ...keyPolicyAndGrantCalls] as const;

export type KeyAccess =
  | { readonly allowed: false; readonly denial: Denial; readonly explanation: Explanation }
  /** It hangs on what no reader of policies knows. */
  | { readonly allowed: undefined; readonly explanation: Explanation }
  | {
      readonly allowed: true;
      /** How the user comes in, for a sentence: `the key policy, statement "Allow use of the key"`. */
      readonly way: string;
      /** Whether the deciding statement allows every action there is, so that it was not made for this key. */
      readonly blanket: boolean;
      readonly explanation: Explanation;
    };

/** Parameters of the checks that reason about it. */
export const keyAccessParams = z.strictObject({
  user: z.string().describe('Name of the IAM user.'),
  key: z.string().describe('ARN of the key.'),
  table: z.string().describe('Name of the table through which DynamoDB asks for the key.'),
});

/** Everything that decides whether a user may have a table's key used by DynamoDB on its behalf (kms:Decrypt). */
export interface KeyPolicies extends KeyPolicyAndGrants {
  readonly held: UserPolicies;
  readonly request: AccessRequest;
}

type Reader = Account<(typeof keyAccessCalls)[number]>;

/** @throws Failed when there is no such user or key; CallError */
export function readKeyPolicies(
  account: Reader,
  { user, key, table }: z.output<typeof keyAccessParams>,
): Promise<KeyPolicies> {
  return readKeyPoliciesFor(account, { user, key }, throughDynamoDb(table, account));
}

/** @param how how the user comes to the key @throws as {@link readKeyPolicies} */
async function readKeyPoliciesFor(
  account: Reader,
  { user, key }: { user: string; key: string },
  how: KnownContext,
): Promise<KeyPolicies> {
  const [held, keySide] = await Promise.all([
    readUserPolicies(account, user),
    readKeyPolicyAndGrants(account, key),
  ]);
  const principal = {
    kind: 'user',
    arn: held.userArn,
    userId: held.userId,
    accountId: account.id,
  } as const;
  const request: AccessRequest = {
    principal,
    action: 'kms:Decrypt',
    resource: key,
    resourceAccount: key.split(':')[4] ?? account.id,
    ...together(callerContext(principal, account, held.tags), onKey(account), how),
  };
  return { held, request, ...keySide };
}

/** Whether the user may use the key as things are. */
function keyAccess({ held, request, keyPolicy, grants }: KeyPolicies): KeyAccess {
  const policies = { ...held, resource: keyPolicy, grants };
  const explanation = explainKeyAccess(request, policies);
  const { decision } = explanation;
  if (decision.effect === 'undecided') return { allowed: undefined, explanation };
  if (decision.effect !== 'allowed') return { allowed: false, denial: decision, explanation };
  // What was made for this key counts before a policy that allows everything anyway.
  const withoutIam = decideInDoubt(request, { ...policies, identity: [] }, evaluateKms);
  const deciding = withoutIam.effect === 'allowed' ? withoutIam : decision;
  return {
    allowed: true,
    way: wayOf(deciding, held.identity),
    blanket: isBlanket(deciding, request, held),
    explanation,
  };
}

/**
 * Whether the user may use the key through policies of its own, or because the key is open to all: as it was before
 * the key's policy or a grant named this user.
 */
export function keyAccessBeforeGrant(policies: KeyPolicies): KeyAccess {
  const { held, keyPolicy, grants } = policies;
  return keyAccess({
    ...policies,
    keyPolicy: { ...keyPolicy, document: withoutPrincipal(keyPolicy.document, [held.userArn, held.userId]) },
    grants: grants.filter((grant) => grant.granteePrincipal !== held.userArn),
  });
}

/** Whether the user may use the key in this way. @throws as {@link readKeyPolicies} */
export async function readKeyAccessFor(
  account: Reader,
  target: { user: string; key: string },
  how: KnownContext,
): Promise<KeyAccess> {
  return keyAccess(await readKeyPoliciesFor(account, target, how));
}

/** Reads what decides, and decides. @throws as {@link readKeyPolicies} */
export async function readKeyAccess(
  account: Reader,
  params: z.output<typeof keyAccessParams>,
): Promise<KeyAccess> {
  return keyAccess(await readKeyPolicies(account, params));
}

/** That the policies leave it open whether a user may use the key. */
export function undecidedKeyAccess(user: string, { explanation }: KeyAccess): NotJudged {
  const advice = 'A live try settles it: run again with `--probe key`.';
  return undecidedAccess(`Whether ${user} may use the key`, explanation, advice);
}

type Allowed = Extract<Decision, { effect: 'allowed' }>;

function wayOf({ policyType, statement, grantId }: Allowed, held: readonly HeldPolicy[]): string {
  if (policyType === 'grant') return `the grant ${grantId}`;
  const sid = statement?.sid ? `, statement "${statement.sid}"` : '';
  if (policyType === 'resource-based') return `the key policy${sid}`;
  const ways = held.filter(({ name }) => name === statement?.policy).map((policy) => policy.held);
  return `the IAM policy ${statement?.policy} (${ways.join(', ') || 'attached'})${sid}`;
}

/** Policies that allow even an action that does not exist allow everything, however that is written. */
function isBlanket({ policyType }: Allowed, request: AccessRequest, held: UserPolicies): boolean {
  if (policyType !== 'identity-based') return false;
  return evaluate({ ...request, action: 'labwright:NoSuchAction' }, held).effect === 'allowed';
}
