import { UntagUser$, type UntagUserRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findUser } from '../lookup.ts';
import { userPermission } from '../permissions.ts';
import { removeTags } from '../tags.ts';

export const untagUser: Operation<Validated<UntagUserRequest>, void> = {
  schema: UntagUser$,
  permissions: (call, { UserName, TagKeys }) => [
    userPermission(call, 'iam:UntagUser', UserName, { 'aws:TagKeys': TagKeys }),
  ],
  run: (call, { UserName, TagKeys }) => removeTags(findUser(call, UserName).tags, TagKeys),
};
