/** Reasons about who may use a key: everything that decides is read and evaluated by `policy/`. */
import { z } from 'zod';
import type { Decision } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/document.ts';
import type { Denial } from '../../policy/explain.ts';
import { evaluateKms, type KeyGrant } from '../../policy/kms.ts';
import type { AccessRequest } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import { type HeldPolicy, readUserPolicies, userPolicyCalls } from '../iam/user-policies.ts';
import { allPages, kmsMarker } from '../pages.ts';

/** The calls that {@link readKeyAccess} makes. */
export const keyAccessCalls = [...userPolicyCalls, 'kms:GetKeyPolicy', 'kms:ListGrants'] as const;

export type KeyAccess =
  | { readonly allowed: false; readonly denial: Denial }
  | {
      readonly allowed: true;
      /** How the user comes in, for a sentence: `the key policy, statement "Allow use of the key"`. */
      readonly way: string;
      /** Whether the deciding statement allows every action there is, so that it was not made for this key. */
      readonly blanket: boolean;
    };

/** Parameters of the checks that reason about it. */
export const keyAccessParams = z.strictObject({
  user: z.string().describe('Name of the IAM user.'),
  key: z.string().describe('ARN of the key.'),
  table: z.string().describe('Name of the table through which DynamoDB asks for the key.'),
});

/**
 * Whether a user may have a table's key used by DynamoDB on its behalf (kms:Decrypt).
 *
 * Condition keys: "How DynamoDB uses AWS KMS" names the encryption context; kms:ViaService and kms:CallerAccount
 * are described under "Condition keys for AWS KMS".
 */
export async function readKeyAccess(
  account: Account<(typeof keyAccessCalls)[number]>,
  { user, key, table }: z.output<typeof keyAccessParams>,
): Promise<KeyAccess> {
  const [held, { Policy }, grants] = await Promise.all([
    readUserPolicies(account, user),
    account.call('kms:GetKeyPolicy', { KeyId: key, PolicyName: 'default' }),
    readGrants(account, key),
  ]);
  const keyPolicy = { name: 'key policy', document: parsePolicy(Policy ?? '', 'resource') };
  const request: AccessRequest = {
    principal: { kind: 'user', arn: held.userArn, userId: held.userId, accountId: account.id },
    action: 'kms:Decrypt',
    resource: key,
    resourceAccount: key.split(':')[4] ?? account.id,
    context: {
      'kms:ViaService': `dynamodb.${account.region}.amazonaws.com`,
      'kms:CallerAccount': account.id,
      'kms:EncryptionContext:aws:dynamodb:tableName': table,
      'kms:EncryptionContext:aws:dynamodb:subscriberId': account.id,
      'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
      'aws:PrincipalArn': held.userArn,
      'aws:PrincipalAccount': account.id,
      'aws:PrincipalType': 'User',
      'aws:userid': held.userId,
      'aws:username': held.userArn.slice(held.userArn.lastIndexOf('/') + 1),
    },
  };
  const decision = evaluateKms(request, {
    identity: held.identity,
    boundary: held.boundary,
    resource: keyPolicy,
    grants,
  });
  return decision.effect === 'allowed'
    ? { allowed: true, ...describe(decision, held.identity) }
    : { allowed: false, denial: decision };
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

function describe(
  decision: Extract<Decision, { effect: 'allowed' }>,
  held: readonly HeldPolicy[],
): { way: string; blanket: boolean } {
  if (decision.policyType === 'grant') return { way: `the grant ${decision.grantId}`, blanket: false };
  const { statement } = decision;
  const sid = statement?.sid ? `, statement "${statement.sid}"` : '';
  if (decision.policyType === 'resource-based') return { way: `the key policy${sid}`, blanket: false };
  const policy = held.find(({ name }) => name === statement?.policy);
  const blanket = policy?.document.Statement[statement?.index ?? -1]?.Action?.includes('*') ?? false;
  return { way: `the IAM policy ${statement?.policy} (${policy?.held ?? 'attached'})${sid}`, blanket };
}
