/** The policies of a group or a role, by IAM's two lists. */
import type { AttachedPolicy } from '@aws-sdk/client-iam';
import { allPages, iamMarker } from '../../../checks/pages.ts';

interface Page {
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

export function attachedIn(
  ask: (marker: string | undefined) => Promise<Page & { AttachedPolicies?: AttachedPolicy[] }>,
): Promise<AttachedPolicy[]> {
  return allPages(ask, (page) => page.AttachedPolicies, iamMarker);
}

/** Names. */
export function inlineIn(
  ask: (marker: string | undefined) => Promise<Page & { PolicyNames?: string[] }>,
): Promise<string[]> {
  return allPages(ask, (page) => page.PolicyNames, iamMarker);
}
