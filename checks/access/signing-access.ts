/** Reasons about who may verify and who may sign with a key: everything that decides is read and evaluated by `policy/`. */
import { explainKeyAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { AccessRequest } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import { readUserPolicies, userPolicyCalls } from '../iam/user-policies.ts';
import { keyPolicyAndGrantCalls, readKeyPolicyAndGrants } from '../kms/key-policy-and-grants.ts';
import { callerContext, direct, onKey, together } from './request-context.ts';

/** The calls that {@link readSigningAccess} makes. */
export const signingAccessCalls = [...userPolicyCalls, ...keyPolicyAndGrantCalls] as const;

export interface SigningAccess {
  readonly userArn: string;
  readonly userId: string;
  readonly verify: Explanation;
  readonly sign: Explanation;
}

interface Asked {
  readonly user: string;
  readonly keyArn: string;
  /** As in Sign's `SigningAlgorithm`. */
  readonly algorithm: string;
  readonly messageType: 'RAW' | 'DIGEST';
}

/** @throws Failed when there is no such user or key; CallError */
export async function readSigningAccess(
  account: Account<(typeof signingAccessCalls)[number]>,
  { user, keyArn, algorithm, messageType }: Asked,
): Promise<SigningAccess> {
  const [held, { keyPolicy, grants }] = await Promise.all([
    readUserPolicies(account, user),
    readKeyPolicyAndGrants(account, keyArn),
  ]);
  const { userArn, userId } = held;
  const principal = { kind: 'user', arn: userArn, userId, accountId: account.id } as const;
  // Condition keys of Sign and Verify: "AWS KMS condition keys", KMS developer guide.
  const ofCall = {
    context: { 'kms:SigningAlgorithm': algorithm, 'kms:MessageType': messageType },
    lacks: ['kms:RequestAlias', 'kms:EncryptionContextKeys', 'kms:EncryptionContext:*'],
  };
  const explain = (action: string): Explanation => {
    const request: AccessRequest = {
      principal,
      action,
      resource: keyArn,
      resourceAccount: keyArn.split(':')[4] ?? account.id,
      ...together(callerContext(principal, account, held.tags), onKey(account), direct, ofCall),
    };
    return explainKeyAccess(request, { ...held, resource: keyPolicy, grants });
  };
  return { userArn, userId, verify: explain('kms:Verify'), sign: explain('kms:Sign') };
}

export function isAllowed({ decision }: Explanation): boolean {
  return decision.effect === 'allowed';
}

export function isDenied({ decision: { effect } }: Explanation): boolean {
  return effect === 'implicitDeny' || effect === 'explicitDeny';
}
