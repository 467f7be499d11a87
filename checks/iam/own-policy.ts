/** Customer managed policies by name: their ARN holds a path that the name does not tell. */
import type { Policy } from '@aws-sdk/client-iam';
import type { Account } from '../account.ts';
import { allPages, iamMarker } from '../pages.ts';

/** The account's own managed policies. @throws CallError */
export function ownPolicies(account: Account<'iam:ListPolicies'>): Promise<Policy[]> {
  return allPages(
    (Marker) => account.call('iam:ListPolicies', { Scope: 'Local', Marker }),
    (page) => page.Policies,
    iamMarker,
  );
}
