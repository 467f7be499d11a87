import type { Credential } from '../../credential.ts';
import type { ComparedStore } from '../../keeping/kept-store.ts';
import type { Former } from '../../timing/former.ts';
import type { AccessKey, IamGroup, IamRole, IamUser, ManagedPolicy } from './entities.ts';
import type { KnownPrincipal } from './propagation.ts';
import type { IamStore } from './store.ts';

/**
 * IAM's entities, one record each, under names that stay: `user/AIDA...`, `policy/arn:...`; and what they were before
 * changes that do not count yet.
 */
export function keptIam(iam: IamStore): ComparedStore {
  return {
    *records() {
      for (const user of iam.users.list()) yield [`user/${user.id}`, user];
      for (const group of iam.groups.list()) yield [`group/${group.id}`, group];
      for (const role of iam.roles.list()) yield [`role/${role.id}`, role];
      for (const [arn, policy] of iam.customerPolicies) yield [`policy/${arn}`, policy];
      for (const [id, key] of iam.accessKeys) yield [`key/${id}`, key];
      for (const [id, former] of iam.formerPrincipals.entries()) yield [`former-principal/${id}`, former];
      for (const [id, former] of iam.formerCredentials.entries()) yield [`former-key/${id}`, former];
    },
    restore(name, record) {
      const slash = name.indexOf('/');
      const id = name.slice(slash + 1);
      switch (name.slice(0, slash)) {
        case 'user':
          return iam.users.add(record as IamUser);
        case 'group':
          return iam.groups.add(record as IamGroup);
        case 'role':
          return iam.roles.add(record as IamRole);
        case 'policy':
          iam.customerPolicies.set(id, record as ManagedPolicy);
          return;
        case 'key':
          iam.accessKeys.set(id, record as AccessKey);
          return;
        case 'former-principal':
          return iam.formerPrincipals.restore(id, record as Former<KnownPrincipal>[]);
        case 'former-key':
          return iam.formerCredentials.restore(id, record as Former<Credential | undefined>[]);
      }
    },
  };
}
