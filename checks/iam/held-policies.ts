/** The IAM policies that a user, a group or a role holds, attached and inline. */

import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { Account } from '../account.ts';
import { isAbsent } from '../call.ts';
import { NotJudged } from '../not-judged.ts';
import { allPages, iamMarker } from '../pages.ts';
import { readPolicyText } from '../policy-text.ts';

/** The calls that read a managed policy. */
export const managedPolicyCalls = ['iam:GetPolicy', 'iam:GetPolicyVersion'] as const;

type Iam = Account<(typeof managedPolicyCalls)[number]>;

/** A policy, and how it comes to hold. */
export interface HeldPolicy extends NamedPolicy {
  /** `attached`, `inline`, or `group developers`. */
  readonly held: string;
}

interface Page {
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

/** How IAM is asked for the policies of one holder. */
export interface Holder {
  attached(Marker: string | undefined): Promise<Page & { AttachedPolicies?: { PolicyArn?: string }[] }>;
  inline(Marker: string | undefined): Promise<Page & { PolicyNames?: string[] }>;
  inlinePolicy(PolicyName: string): Promise<{ PolicyDocument?: string }>;
}

/** @param held what the policies are said to be instead of `attached` and `inline` */
export async function readHeldPolicies(account: Iam, holder: Holder, held?: string): Promise<HeldPolicy[]> {
  const [attached, inline] = await Promise.all([
    allPages(
      (marker) => holder.attached(marker),
      (page) => page.AttachedPolicies,
      iamMarker,
    ),
    allPages(
      (marker) => holder.inline(marker),
      (page) => page.PolicyNames,
      iamMarker,
    ),
  ]);
  const policies = await Promise.all([
    ...attached.map(async ({ PolicyArn }) => {
      const policy = await readManagedPolicy(account, PolicyArn);
      return policy && { ...policy, held: held ?? 'attached' };
    }),
    ...inline.map(async (name) => {
      const { PolicyDocument } = await holder.inlinePolicy(name);
      return { name, document: decode(PolicyDocument), held: held ?? 'inline' };
    }),
  ]);
  return policies.flatMap((policy) => policy ?? []);
}

/** A managed policy's default version; undefined where no ARN is given. */
export async function readManagedPolicy(
  account: Iam,
  PolicyArn: string | undefined,
): Promise<NamedPolicy | undefined> {
  if (!PolicyArn) return undefined;
  const { Policy } = await account.call('iam:GetPolicy', { PolicyArn });
  const { PolicyVersion } = await account.call('iam:GetPolicyVersion', {
    PolicyArn,
    VersionId: Policy?.DefaultVersionId ?? 'v1',
  });
  const name = Policy?.PolicyName ?? PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1);
  return { name, arn: PolicyArn, document: decode(PolicyVersion?.Document) };
}

/** Of a holder that is there: whatever is missing now was there a moment ago, or is not known everywhere yet. */
export function settled<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'fulfilled') return result.value;
  if (!isAbsent(result.reason)) throw result.reason;
  throw new NotJudged('The policies changed while they were read.', 'Run it again.');
}

/** IAM hands policy documents out URL-encoded (RFC 3986). */
function decode(document: string | undefined): NamedPolicy['document'] {
  return readPolicyText(decodeURIComponent(document ?? ''));
}
