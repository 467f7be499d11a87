import {
  ListTagsOfResource$,
  type ListTagsOfResourceInput,
  type ListTagsOfResourceOutput,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import { tablePermission } from '../permissions.ts';
import { findTaggedTable, taggedReference } from '../tagged-table.ts';

/** A table has at most 50 tags and AWS gives them on one page; a NextToken that it did not give is ignored (DDB-TABLE-073). */
export const listTagsOfResource: Operation<ListTagsOfResourceInput, ListTagsOfResourceOutput> = {
  schema: ListTagsOfResource$,
  permissions: (call, input) => [
    tablePermission(call, 'dynamodb:ListTagsOfResource', taggedReference(call, input.ResourceArn)),
  ],
  run: (call, input) => ({
    Tags: [...findTaggedTable(call, input.ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
};
