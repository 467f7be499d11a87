import {
  type EntityType,
  GetAccountAuthorizationDetails$,
  type GetAccountAuthorizationDetailsRequest,
  type GetAccountAuthorizationDetailsResponse,
} from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { groupDetail, policyDetail, roleDetail, userDetail } from '../describe-details.ts';
import type { IamGroup, IamRole, IamUser, ManagedPolicy } from '../entities.ts';
import { awsManagedPolicies } from '../managed-policies/aws-managed-policies.ts';
import { pageOf, policyKey } from '../paging.ts';
import type { IamStore } from '../store.ts';

/** One thing of the account, under the filter that asks for it and in the order in which pages go through them. */
type Item =
  | { readonly filter: 'User'; readonly key: string; readonly entity: IamUser }
  | { readonly filter: 'Group'; readonly key: string; readonly entity: IamGroup }
  | { readonly filter: 'Role'; readonly key: string; readonly entity: IamRole }
  | {
      readonly filter: 'LocalManagedPolicy' | 'AWSManagedPolicy';
      readonly key: string;
      readonly entity: ManagedPolicy;
    };

/** A page counts users, groups, roles and policies together. */
export const getAccountAuthorizationDetails: Operation<
  Validated<GetAccountAuthorizationDetailsRequest>,
  GetAccountAuthorizationDetailsResponse
> = {
  schema: GetAccountAuthorizationDetails$,
  permissions: () => [permission('iam:GetAccountAuthorizationDetails')],
  run({ account: { iam } }, input) {
    const wanted = new Set<EntityType>(input.Filter ?? []);
    const all = itemsOf(iam).filter(({ filter }) => wanted.size === 0 || wanted.has(filter));
    const { items, more } = pageOf(all, input, ({ key }) => key);
    return {
      UserDetailList: items.flatMap((item) => (item.filter === 'User' ? userDetail(iam, item.entity) : [])),
      GroupDetailList: items.flatMap((item) =>
        item.filter === 'Group' ? groupDetail(iam, item.entity) : [],
      ),
      RoleDetailList: items.flatMap((item) => (item.filter === 'Role' ? roleDetail(iam, item.entity) : [])),
      Policies: items.flatMap((item) =>
        item.filter === 'LocalManagedPolicy' || item.filter === 'AWSManagedPolicy'
          ? policyDetail(iam, item.entity)
          : [],
      ),
      ...more,
    };
  },
};

/** Of AWS's policies only those that are in use (observed on AWS, many public logs). */
function itemsOf(iam: IamStore): Item[] {
  const used = [...awsManagedPolicies.values()].filter(
    (policy) => iam.holdersOf(policy).length > 0 || iam.boundedBy(policy).length > 0,
  );
  return [
    ...iam.users.list().map((entity): Item => ({ filter: 'User', key: `1 ${entity.name}`, entity })),
    ...iam.groups.list().map((entity): Item => ({ filter: 'Group', key: `2 ${entity.name}`, entity })),
    ...iam.roles.list().map((entity): Item => ({ filter: 'Role', key: `3 ${entity.name}`, entity })),
    ...[...iam.customerPolicies.values()].map(
      (entity): Item => ({ filter: 'LocalManagedPolicy', key: `4 ${policyKey(entity)}`, entity }),
    ),
    ...used.map((entity): Item => ({ filter: 'AWSManagedPolicy', key: `4 ${policyKey(entity)}`, entity })),
  ];
}
