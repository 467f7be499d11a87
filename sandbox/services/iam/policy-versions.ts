/** The versions of managed policies ("Versioning IAM policies" in the IAM user guide). */
import type { Call } from '../../call.ts';
import type { ManagedPolicy, PolicyText, PolicyVersion } from './entities.ts';
import { accessDenied, noSuchEntity } from './errors.ts';
import { findPolicy } from './lookup.ts';

/** Adds a version; the default one stays. */
export function addVersion(policy: ManagedPolicy, text: PolicyText, now: Date): PolicyVersion {
  policy.lastVersion += 1;
  const version: PolicyVersion = { ...text, id: `v${policy.lastVersion}`, createdAt: now };
  policy.versions.set(version.id, version);
  policy.updatedAt = now;
  return version;
}

/** @throws AwsError NoSuchEntity */
export function findVersion(policy: ManagedPolicy, versionId: string): PolicyVersion {
  const version = policy.versions.get(versionId);
  if (!version) {
    throw noSuchEntity(`Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`);
  }
  return version;
}

/**
 * A policy that the account may change: not one of AWS's.
 *
 * @throws AwsError NoSuchEntity, AccessDenied. Inferred: AWS's policies refuse a change with the plain sentence, as
 * no policy of the account is the reason.
 */
export function findCustomerPolicy(call: Call, arn: string, action: string): ManagedPolicy {
  const policy = findPolicy(call, arn);
  if (call.account.iam.customerPolicies.has(arn)) return policy;
  const { principal } = call.credential;
  const who = principal.kind === 'service' ? principal.service : principal.arn;
  throw accessDenied(`User: ${who} is not authorized to perform: ${action} on resource: policy ${arn}`);
}
