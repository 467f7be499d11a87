import { TagUser$, type TagUserRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findUser } from '../lookup.ts';
import { userPermission } from '../permissions.ts';
import { setTags, tagConditions } from '../tags.ts';

export const tagUser: Operation<Validated<TagUserRequest>, void> = {
  schema: TagUser$,
  permissions: (call, { UserName, Tags }) => [
    userPermission(call, 'iam:TagUser', UserName, tagConditions(Tags)),
  ],
  run: (call, { UserName, Tags }) => setTags(findUser(call, UserName).tags, Tags),
};
