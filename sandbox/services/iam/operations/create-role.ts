import { CreateRole$, type CreateRoleRequest, type CreateRoleResponse, type Role } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeRole } from '../describe-entities.ts';
import type { IamRole } from '../entities.ts';
import { alreadyExists } from '../errors.ts';
import { findBoundary } from '../lookup.ts';
import { boundaryContext, creationPermission } from '../permissions.ts';
import { trustPolicy } from '../policy-text.ts';
import { quotas } from '../quotas.ts';
import { describeTags, setTags, tagConditions } from '../tags.ts';
import { uniqueId } from '../unique-ids.ts';

export const createRole: Operation<Validated<CreateRoleRequest>, CreateRoleResponse> = {
  schema: CreateRole$,
  permissions(call, { RoleName, Path, PermissionsBoundary, Tags }) {
    const context = { ...boundaryContext(PermissionsBoundary), ...tagConditions(Tags) };
    // Tags in the request need their own permission ("Tag IAM roles" in the IAM user guide).
    const actions = Tags && Tags.length > 0 ? ['iam:CreateRole', 'iam:TagRole'] : ['iam:CreateRole'];
    return actions.map((action) => creationPermission(call, action, 'role', RoleName, Path, context));
  },
  run(call, input) {
    const { RoleName, Path = '/', PermissionsBoundary, Tags = [] } = input;
    const { iam } = call.account;
    if (iam.roles.find(RoleName)) throw alreadyExists(`Role with name ${RoleName} already exists.`);
    const trust = trustPolicy(input.AssumeRolePolicyDocument, call.account);
    quotas.trustPolicySize(trust);
    const tags = new Map<string, string>();
    setTags(tags, Tags);
    const role: IamRole = {
      kind: 'role',
      name: RoleName,
      id: uniqueId('role'),
      path: Path,
      createdAt: iam.now(),
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
      trustPolicy: trust,
      boundary: PermissionsBoundary === undefined ? undefined : findBoundary(call, PermissionsBoundary).arn,
      tags,
    };
    iam.roles.add(role);
    // CreateRole's answer leaves out a duration that was not asked for (observed on AWS, LocalStack's test_create_describe_role).
    const answer: Role = { ...describeRole(iam, role), MaxSessionDuration: input.MaxSessionDuration };
    return { Role: { ...answer, ...(tags.size > 0 && { Tags: describeTags(tags) }) } };
  },
};
