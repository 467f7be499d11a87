import { UntagResource$, type UntagResourceInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { tablePermission } from '../permissions.ts';
import { findTaggedTable, taggedReference } from '../tagged-table.ts';
import { checkTagKeys, tagConditions } from '../tags.ts';

export const untagResource: Operation<UntagResourceInput, undefined> = {
  schema: UntagResource$,
  permissions: (call, input) => [
    tablePermission(
      call,
      'dynamodb:UntagResource',
      taggedReference(call, input.ResourceArn),
      tagConditions([], input.TagKeys ?? []),
    ),
  ],
  run(call, input) {
    const keys = input.TagKeys ?? [];
    if (keys.length === 0) {
      throw new AwsError('ValidationException', 'Atleast one Tag Key needs to be provided as Input.');
    }
    checkTagKeys(keys);
    const table = findTaggedTable(call, input.ResourceArn);
    for (const key of keys) table.tags.delete(key);
    return undefined;
  },
};
