import {
  ListGroupPolicies$,
  type ListGroupPoliciesRequest,
  type ListGroupPoliciesResponse,
  ListRolePolicies$,
  type ListRolePoliciesRequest,
  type ListRolePoliciesResponse,
  ListUserPolicies$,
  type ListUserPoliciesRequest,
  type ListUserPoliciesResponse,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findHolder, type HolderName } from '../lookup.ts';
import { type PageRequest, pageOf } from '../paging.ts';
import { holderPermission } from '../permissions.ts';

export const listUserPolicies: Operation<
  Validated<ListUserPoliciesRequest>,
  ListUserPoliciesResponse
> = listInlinePolicies('user', ListUserPolicies$);
export const listGroupPolicies: Operation<
  Validated<ListGroupPoliciesRequest>,
  ListGroupPoliciesResponse
> = listInlinePolicies('group', ListGroupPolicies$);
export const listRolePolicies: Operation<
  Validated<ListRolePoliciesRequest>,
  ListRolePoliciesResponse
> = listInlinePolicies('role', ListRolePolicies$);

function listInlinePolicies<Input extends HolderName & PageRequest>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, ListUserPoliciesResponse> {
  return {
    schema,
    permissions: (call, input) => [holderPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const names = [...findHolder(call, kind, input).inlinePolicies.keys()];
      const { items, more } = pageOf(names, input, (name) => name);
      return { PolicyNames: items, ...more };
    },
  };
}
