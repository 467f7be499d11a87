import { CreateUser$, type CreateUserRequest, type CreateUserResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeUser } from '../describe-entities.ts';
import { alreadyExists } from '../errors.ts';
import { findBoundary } from '../lookup.ts';
import { boundaryContext, creationPermission } from '../permissions.ts';
import { describeTags, setTags, tagConditions } from '../tags.ts';

export const createUser: Operation<Validated<CreateUserRequest>, CreateUserResponse> = {
  schema: CreateUser$,
  permissions(call, { UserName, Path, PermissionsBoundary, Tags }) {
    const context = { ...boundaryContext(PermissionsBoundary), ...tagConditions(Tags) };
    // Tags in the request need their own permission ("Tag IAM users" in the IAM user guide).
    const actions = Tags && Tags.length > 0 ? ['iam:CreateUser', 'iam:TagUser'] : ['iam:CreateUser'];
    return actions.map((action) => creationPermission(call, action, 'user', UserName, Path, context));
  },
  run(call, { UserName, Path, PermissionsBoundary, Tags = [] }) {
    const { iam } = call.account;
    if (iam.users.find(UserName)) throw alreadyExists(`User with name ${UserName} already exists.`);
    const boundary =
      PermissionsBoundary === undefined ? undefined : findBoundary(call, PermissionsBoundary).arn;
    const tags = new Map<string, string>();
    setTags(tags, Tags);
    const user = iam.createUser(UserName, { path: Path, boundary, tags });
    return {
      User: { ...describeUser(iam, user), ...(tags.size > 0 && { Tags: describeTags(tags) }) },
    };
  },
};
