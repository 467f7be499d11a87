/** Reasons about who may use a key: everything that decides is read and evaluated by `policy/`. */
import { z } from 'zod';
import type { Decision } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/document.ts';
import { evaluate, type NamedPolicy } from '../../policy/evaluate.ts';
import type { Denial } from '../../policy/explain.ts';
import { explainKeyAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import { evaluateKms, type KeyGrant } from '../../policy/kms.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { withoutPrincipal } from '../../policy/without-principal.ts';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import {
  type HeldPolicy,
  readUserPolicies,
  type UserPolicies,
  userPolicyCalls,
} from '../iam/user-policies.ts';
import { allPages, kmsMarker } from '../pages.ts';
import { throughDynamoDb, userContext } from './request-context.ts';

/** The calls that {@link readKeyAccess} makes. */
export const keyAccessCalls = [...userPolicyCalls, 'kms:GetKeyPolicy', 'kms:ListGrants'] as const;

export type KeyAccess =
  | { readonly allowed: false; readonly denial: Denial; readonly explanation: Explanation }
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
export interface KeyPolicies {
  readonly held: UserPolicies;
  readonly request: AccessRequest;
  readonly keyPolicy: NamedPolicy;
  readonly grants: readonly KeyGrant[];
}

/** @throws Failed when there is no such user or key; CallError */
export async function readKeyPolicies(
  account: Account<(typeof keyAccessCalls)[number]>,
  { user, key, table }: z.output<typeof keyAccessParams>,
): Promise<KeyPolicies> {
  const noKey = `There is no key ${key} in ${account.region}.`;
  const [held, { Policy }, grants] = await Promise.all([
    readUserPolicies(account, user),
    found(account.call('kms:GetKeyPolicy', { KeyId: key, PolicyName: 'default' }), noKey),
    found(readGrants(account, key), noKey),
  ]);
  const request: AccessRequest = {
    principal: { kind: 'user', arn: held.userArn, userId: held.userId, accountId: account.id },
    action: 'kms:Decrypt',
    resource: key,
    resourceAccount: key.split(':')[4] ?? account.id,
    context: { ...userContext(held, account), ...throughDynamoDb(table, account) },
  };
  return {
    held,
    request,
    keyPolicy: { name: 'key policy', document: parsePolicy(Policy ?? '', 'resource') },
    grants,
  };
}

/** Whether the user may use the key as things are. */
function keyAccess({ held, request, keyPolicy, grants }: KeyPolicies): KeyAccess {
  const policies = { ...held, resource: keyPolicy, grants };
  const explanation = explainKeyAccess(request, policies);
  const { decision } = explanation;
  if (decision.effect !== 'allowed') return { allowed: false, denial: decision, explanation };
  // What was made for this key counts before a policy that allows everything anyway.
  const withoutIam = evaluateKms(request, { ...policies, identity: [] });
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

/** Reads what decides, and decides. @throws as {@link readKeyPolicies} */
export async function readKeyAccess(
  account: Account<(typeof keyAccessCalls)[number]>,
  params: z.output<typeof keyAccessParams>,
): Promise<KeyAccess> {
  return keyAccess(await readKeyPolicies(account, params));
}

async function readGrants(account: Account<'kms:ListGrants'>, key: string): Promise<KeyGrant[]> {
  const grants = await allPages(
    (Marker) => account.call('kms:ListGrants', { KeyId: key, Marker }),
    (page) => page.Grants,
    kmsMarker,
  );
  return grants.map((grant) => ({
    grantId: grant.GrantId ?? '',
    granteePrincipal: grant.GranteePrincipal ?? '',
    operations: grant.Operations ?? [],
    ...(grant.Constraints && {
      constraints: {
        encryptionContextEquals: grant.Constraints.EncryptionContextEquals,
        encryptionContextSubset: grant.Constraints.EncryptionContextSubset,
      },
    }),
  }));
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
