/** Policies that limit one session ("Session policies" in the IAM user guide). */
import { deflateRawSync } from 'node:zlib';
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import type { SandboxAccount } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import { identityPolicy } from '../iam/policy-text.ts';
import { validationError } from './errors.ts';

/** How a request passes them. */
export interface SessionPolicyInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

/** Bytes that a packed session policy may have. Inferred: the number, from the limit of the text as it is written. */
const packedLimit = 2048;

/**
 * The policies of a new session, managed ones in the version that is the default now.
 *
 * Inferred: that a later change of a managed policy leaves the session as it is, and the sentence for an unknown ARN.
 *
 * @param account whose managed policies may be named: the role's or the user's
 * @throws AwsError MalformedPolicyDocument, ValidationError
 */
export function sessionPolicies(
  account: SandboxAccount,
  { Policy, PolicyArns = [] }: SessionPolicyInput,
): NamedPolicy[] {
  const inline =
    Policy === undefined ? [] : [{ name: 'session policy', document: identityPolicy(Policy).document }];
  const managed = PolicyArns.map(({ arn = '' }) => {
    const policy = account.iam.policyInForce(arn);
    if (!policy) throw validationError(`Policy ${arn} does not exist or is not attachable.`);
    return policy;
  });
  return [...inline, ...managed];
}

/**
 * How much of the packed limit the session policies take, in percent. AWS does not publish its packing; the sandbox
 * compresses the text instead.
 *
 * @throws AwsError PackedPolicyTooLarge
 */
export function packedPolicySize({ Policy, PolicyArns = [] }: SessionPolicyInput): number {
  if (Policy === undefined && PolicyArns.length === 0) return 0;
  const text = [Policy ?? '', ...PolicyArns.map(({ arn = '' }) => arn)].join('\n');
  const percent = Math.ceil((deflateRawSync(text).length / packedLimit) * 100);
  if (percent > 100) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    );
  }
  return percent;
}
