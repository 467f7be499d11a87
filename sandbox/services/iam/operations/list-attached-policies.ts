import {
  ListAttachedGroupPolicies$,
  type ListAttachedGroupPoliciesRequest,
  type ListAttachedGroupPoliciesResponse,
  ListAttachedRolePolicies$,
  type ListAttachedRolePoliciesRequest,
  type ListAttachedRolePoliciesResponse,
  ListAttachedUserPolicies$,
  type ListAttachedUserPoliciesRequest,
  type ListAttachedUserPoliciesResponse,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findHolder, type HolderName } from '../lookup.ts';
import { type PageRequest, pageOf, policyKey } from '../paging.ts';
import { holderPermission } from '../permissions.ts';

type ListRequest = HolderName & PageRequest & { readonly PathPrefix?: string | undefined };

export const listAttachedUserPolicies: Operation<
  Validated<ListAttachedUserPoliciesRequest>,
  ListAttachedUserPoliciesResponse
> = listAttachedPolicies('user', ListAttachedUserPolicies$);
export const listAttachedGroupPolicies: Operation<
  Validated<ListAttachedGroupPoliciesRequest>,
  ListAttachedGroupPoliciesResponse
> = listAttachedPolicies('group', ListAttachedGroupPolicies$);
export const listAttachedRolePolicies: Operation<
  Validated<ListAttachedRolePoliciesRequest>,
  ListAttachedRolePoliciesResponse
> = listAttachedPolicies('role', ListAttachedRolePolicies$);

function listAttachedPolicies<Input extends ListRequest>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, ListAttachedUserPoliciesResponse> {
  return {
    schema,
    permissions: (call, input) => [holderPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const { iam } = call.account;
      const attached = [...findHolder(call, kind, input).attachedPolicies]
        .flatMap((arn) => iam.managedPolicy(arn) ?? [])
        .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
      const { items, more } = pageOf(attached, input, policyKey);
      return {
        AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
        ...more,
      };
    },
  };
}
