import { ListPolicies$, type ListPoliciesRequest, type ListPoliciesResponse } from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describePolicy } from '../describe-policies.ts';
import type { ManagedPolicy } from '../entities.ts';
import { awsManagedPolicies } from '../managed-policies/aws-managed-policies.ts';
import { pageOf, policyKey } from '../paging.ts';
import type { IamStore } from '../store.ts';

type Input = Validated<ListPoliciesRequest>;

export const listPolicies: Operation<Input, ListPoliciesResponse> = {
  schema: ListPolicies$,
  permissions: (_call, { PathPrefix = '/' }) => [
    // The denial names the path (observed on AWS, many public logs).
    permission('iam:ListPolicies', undefined, { resourceLabel: `policy path ${PathPrefix}` }),
  ],
  run(call, input) {
    const { iam } = call.account;
    const all = [
      ...(input.Scope === 'AWS' ? [] : iam.customerPolicies.values()),
      ...(input.Scope === 'Local' ? [] : awsManagedPolicies.values()),
    ].filter((policy) => isWanted(iam, policy, input));
    const { items, more } = pageOf(all, input, policyKey);
    return { Policies: items.map((policy) => describePolicy(iam, policy)), ...more };
  },
};

function isWanted(iam: IamStore, policy: ManagedPolicy, input: Input): boolean {
  if (!policy.path.startsWith(input.PathPrefix ?? '/')) return false;
  const usage = input.PolicyUsageFilter;
  if (!input.OnlyAttached && usage === undefined) return true;
  const permits = iam.holdersOf(policy).length > 0;
  const bounds = iam.boundedBy(policy).length > 0;
  if (usage === undefined) return permits || bounds;
  return usage === 'PermissionsBoundary' ? bounds : permits;
}
