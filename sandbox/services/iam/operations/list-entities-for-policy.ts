import {
  ListEntitiesForPolicy$,
  type ListEntitiesForPolicyRequest,
  type ListEntitiesForPolicyResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findPolicy } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { policyPermission } from '../permissions.ts';

const filters = { User: 'user', Group: 'group', Role: 'role' } as const;

export const listEntitiesForPolicy: Operation<
  Validated<ListEntitiesForPolicyRequest>,
  ListEntitiesForPolicyResponse
> = {
  schema: ListEntitiesForPolicy$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:ListEntitiesForPolicy', PolicyArn)],
  run(call, input) {
    const { iam } = call.account;
    const policy = findPolicy(call, input.PolicyArn);
    const usage = input.PolicyUsageFilter;
    const entities = new Set<PolicyHolder>([
      ...(usage === 'PermissionsBoundary' ? [] : iam.holdersOf(policy)),
      ...(usage === 'PermissionsPolicy' ? [] : iam.boundedBy(policy)),
    ]);
    const kind = Object.entries(filters).find(([filter]) => filter === input.EntityFilter)?.[1];
    const wanted = [...entities].filter(
      (entity) =>
        entity.path.startsWith(input.PathPrefix ?? '/') &&
        (input.EntityFilter === undefined || entity.kind === kind),
    );
    const { items, more } = pageOf(wanted, input, ({ kind, name }) => `${kind} ${name}`);
    const ofKind = (wantedKind: PolicyHolder['kind']) => items.filter((item) => item.kind === wantedKind);
    return {
      PolicyGroups: ofKind('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: ofKind('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: ofKind('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...more,
    };
  },
};
