/** The policies that AWS itself keeps, present in every account. */
import { parsePolicy } from '../../../../policy/parse-policy.ts';
import type { ManagedPolicy } from '../entities.ts';
import { uniqueId } from '../unique-ids.ts';
import source from './aws-managed-policies.json' with { type: 'json' };

/** The policies by ARN, made once for the whole program: nobody can change them. */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  source.map((policy) => [policy.arn, managedPolicy(policy)]),
);

function managedPolicy(policy: (typeof source)[number]): ManagedPolicy {
  const createdAt = new Date(policy.createdAt);
  const versionCreatedAt = new Date(policy.versionCreatedAt);
  const resource = policy.arn.slice(policy.arn.indexOf(':policy/') + ':policy'.length);
  const version = {
    id: policy.versionId,
    createdAt: versionCreatedAt,
    text: JSON.stringify(policy.document, null, 4),
    document: parsePolicy(policy.document),
  };
  return {
    arn: policy.arn,
    id: uniqueId('policy'),
    name: resource.slice(resource.lastIndexOf('/') + 1),
    path: resource.slice(0, resource.lastIndexOf('/') + 1),
    createdAt,
    updatedAt: versionCreatedAt,
    tags: new Map(),
    // AWS keeps older versions of its policies too; only the one in force is here.
    versions: new Map([[version.id, version]]),
    defaultVersionId: version.id,
    lastVersion: Number(version.id.slice(1)),
  };
}
