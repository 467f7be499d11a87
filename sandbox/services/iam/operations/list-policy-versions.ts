import {
  ListPolicyVersions$,
  type ListPolicyVersionsRequest,
  type ListPolicyVersionsResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeVersion } from '../describe-policies.ts';
import type { PolicyVersion } from '../entities.ts';
import { findPolicy } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { policyPermission } from '../permissions.ts';

export const listPolicyVersions: Operation<
  Validated<ListPolicyVersionsRequest>,
  ListPolicyVersionsResponse
> = {
  schema: ListPolicyVersions$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:ListPolicyVersions', PolicyArn)],
  run(call, input) {
    const policy = findPolicy(call, input.PolicyArn);
    const { items, more } = pageOf([...policy.versions.values()], input, newestFirst);
    return { Versions: items.map((version) => describeVersion(policy, version)), ...more };
  },
};

/** A key in whose order the newest version comes first: the distance of its number from a great one. */
function newestFirst({ id }: PolicyVersion): string {
  return String(1_000_000_000 - Number(id.slice(1)));
}
