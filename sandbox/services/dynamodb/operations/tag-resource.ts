import { TagResource$, type TagResourceInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { tablePermission } from '../permissions.ts';
import { findTaggedTable, taggedReference } from '../tagged-table.ts';
import { checkTags, tagConditions } from '../tags.ts';

export const tagResource: Operation<TagResourceInput, undefined> = {
  schema: TagResource$,
  permissions: (call, input) => [
    tablePermission(
      call,
      'dynamodb:TagResource',
      taggedReference(call, input.ResourceArn),
      tagConditions(input.Tags ?? []),
    ),
  ],
  run(call, input) {
    const tags = input.Tags ?? [];
    if (tags.length === 0) {
      throw new AwsError('ValidationException', 'Atleast one Tag needs to be provided as Input.');
    }
    checkTags(tags);
    const table = findTaggedTable(call, input.ResourceArn);
    checkTags(tags, table.tags);
    for (const { Key, Value } of tags) table.tags.set(Key ?? '', Value ?? '');
    return undefined;
  },
};
