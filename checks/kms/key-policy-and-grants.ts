/** What decides about a key at the key itself: its policy and its grants. */

import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { KeyGrant } from '../../policy/kms.ts';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import { allPages, kmsMarker } from '../pages.ts';
import { readPolicyText } from '../policy-text.ts';

/** The calls that {@link readKeyPolicyAndGrants} makes. */
export const keyPolicyAndGrantCalls = ['kms:GetKeyPolicy', 'kms:ListGrants'] as const;

export interface KeyPolicyAndGrants {
  readonly keyPolicy: NamedPolicy;
  readonly grants: readonly KeyGrant[];
}

/** @throws Failed when there is no such key; CallError */
export async function readKeyPolicyAndGrants(
  account: Account<(typeof keyPolicyAndGrantCalls)[number]>,
  KeyId: string,
): Promise<KeyPolicyAndGrants> {
  const noKey = `There is no key ${KeyId} in ${account.region}.`;
  const [{ Policy }, grants] = await Promise.all([
    found(account.call('kms:GetKeyPolicy', { KeyId, PolicyName: 'default' }), noKey),
    found(readGrants(account, KeyId), noKey),
  ]);
  return { keyPolicy: { name: 'key policy', document: readPolicyText(Policy ?? '', 'resource') }, grants };
}

async function readGrants(account: Account<'kms:ListGrants'>, KeyId: string): Promise<KeyGrant[]> {
  const grants = await allPages(
    (Marker) => account.call('kms:ListGrants', { KeyId, Marker }),
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
