import {
  ListPolicyTags$,
  type ListPolicyTagsRequest,
  type ListPolicyTagsResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findPolicy } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { policyPermission } from '../permissions.ts';
import { describeTags } from '../tags.ts';

export const listPolicyTags: Operation<Validated<ListPolicyTagsRequest>, ListPolicyTagsResponse> = {
  schema: ListPolicyTags$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:ListPolicyTags', PolicyArn)],
  run(call, input) {
    const tags = describeTags(findPolicy(call, input.PolicyArn).tags);
    const { items, more } = pageOf(tags, input, ({ Key = '' }) => Key);
    return { Tags: items, ...more };
  },
};
