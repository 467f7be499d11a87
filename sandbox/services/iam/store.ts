/** The IAM of one account. */
import type { PolicyDocument } from '../../../policy/document.ts';
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import type { Principal } from '../../../policy/request.ts';
import type { Credential } from '../../credential.ts';
import type { Clock } from '../../timing/clock.ts';
import type { Former } from '../../timing/former.ts';
import { FormerValues } from '../../timing/former-values.ts';
import { entityArn } from './arns.ts';
import type { AccessKey, IamGroup, IamRole, IamUser, ManagedPolicy, PolicyHolder } from './entities.ts';
import { EntityTable } from './entity-table.ts';
import { awsManagedPolicies } from './managed-policies/aws-managed-policies.ts';
import type { KnownPrincipal } from './propagation.ts';
import { secretAccessKey, uniqueId } from './unique-ids.ts';

/** Those who have access keys and may make sessions of their own. */
export type KeyOwner = Extract<Principal, { kind: 'root' | 'user' }>;

/** The identity-based policies of a principal, and the boundary around them. */
export interface HeldPolicies {
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

const none: HeldPolicies = { identity: [] };

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';

export interface NewUser {
  readonly path?: string | undefined;
  readonly boundary?: string | undefined;
  readonly tags?: Map<string, string>;
}

export class IamStore {
  readonly accountId: string;
  readonly users = new EntityTable<IamUser>();
  readonly groups = new EntityTable<IamGroup>();
  readonly roles = new EntityTable<IamRole>();
  /** Customer managed policies by ARN. */
  readonly customerPolicies = new Map<string, ManagedPolicy>();
  /** By access key id. */
  readonly accessKeys = new Map<string, AccessKey>();
  readonly #clock: Clock;
  /** By user or role id, what decisions go by while a change is too new to count. */
  readonly formerPrincipals: FormerValues<KnownPrincipal>;
  /** By access key id; undefined where the key was not known or not active. */
  readonly formerCredentials: FormerValues<Credential | undefined>;

  constructor(accountId: string, clock: Clock) {
    this.accountId = accountId;
    this.#clock = clock;
    this.formerPrincipals = new FormerValues(clock, (timing) => timing.policiesMs);
    this.formerCredentials = new FormerValues(clock, (timing) => timing.accessKeysMs);
  }

  /** The account's time in whole seconds, as IAM keeps it. */
  now(): Date {
    return new Date(Math.floor(this.#clock.now().getTime() / 1000) * 1000);
  }

  /** `arn:aws:iam::123456789012:user/division/name` */
  arnOf(entity: PolicyHolder): string {
    return entityArn(this.accountId, entity.kind, entity.path, entity.name);
  }

  /** A customer's or AWS's managed policy. */
  managedPolicy(arn: string): ManagedPolicy | undefined {
    return this.customerPolicies.get(arn) ?? awsManagedPolicies.get(arn);
  }

  /** The default version of a managed policy. */
  policyInForce(arn: string): NamedPolicy | undefined {
    const policy = this.managedPolicy(arn);
    const version = policy?.versions.get(policy.defaultVersionId);
    return policy && version && { name: policy.name, arn, document: version.document };
  }

  /** Users, groups and roles that the policy is attached to. */
  holdersOf(policy: ManagedPolicy): PolicyHolder[] {
    const holds = (holder: PolicyHolder) => holder.attachedPolicies.has(policy.arn);
    return [...this.users.where(holds), ...this.groups.where(holds), ...this.roles.where(holds)];
  }

  /** Users and roles whose boundary the policy is. */
  boundedBy(policy: ManagedPolicy): (IamUser | IamRole)[] {
    const isBounded = (entity: IamUser | IamRole) => entity.boundary === policy.arn;
    return [...this.users.where(isBounded), ...this.roles.where(isBounded)];
  }

  groupsOf(user: IamUser): IamGroup[] {
    return this.groups.where((group) => group.memberIds.has(user.id));
  }

  accessKeysOf(user: IamUser): AccessKey[] {
    return [...this.accessKeys.values()].filter((key) => key.userId === user.id);
  }

  /** Names of customer managed policies are unique whatever their path, and apart from their case. */
  hasCustomerPolicy(name: string): boolean {
    return [...this.customerPolicies.values()].some(
      (policy) => policy.name.toLowerCase() === name.toLowerCase(),
    );
  }

  /** The name must be free. */
  createUser(name: string, { path = '/', boundary, tags = new Map() }: NewUser = {}): IamUser {
    const user: IamUser = {
      kind: 'user',
      name,
      id: uniqueId('user'),
      path,
      createdAt: this.now(),
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      boundary,
      tags,
    };
    this.users.add(user);
    return user;
  }

  createAccessKey(user: IamUser): AccessKey {
    const key = this.#createAccessKey(user.id);
    this.formerCredentials.keep(key.id, () => undefined);
    return key;
  }

  /** Makes an access key of the account's root user, whose user id is the account's id. */
  addRootKey(): { accessKeyId: string; secretAccessKey: string } {
    const key = this.#createAccessKey(this.accountId);
    return { accessKeyId: key.id, secretAccessKey: key.secret };
  }

  /** Makes a user with AdministratorAccess and one access key: how an account begins. */
  addAdministrator(userName: string): { accessKeyId: string; secretAccessKey: string } {
    const user = this.createUser(userName);
    user.attachedPolicies.add(administratorAccess);
    const key = this.#createAccessKey(user.id);
    return { accessKeyId: key.id, secretAccessKey: key.secret };
  }

  /** What an access key id stands for, if it is active; a change of the key counts after the delay. */
  credential(accessKeyId: string): Credential | undefined {
    const former = this.formerCredentials.find(accessKeyId);
    return former ? former.value : this.#presentCredential(accessKeyId);
  }

  /** To be called before an access key is deactivated, activated or deleted. */
  keepFormerCredential(accessKeyId: string): void {
    this.formerCredentials.keep(accessKeyId, () => this.#presentCredential(accessKeyId));
  }

  #presentCredential(accessKeyId: string): Credential | undefined {
    const key = this.accessKeys.get(accessKeyId);
    const principal = key?.active ? this.owner(key.userId) : undefined;
    if (!key || !principal) return undefined;
    return { accessKeyId, secretAccessKey: key.secret, principal, accountId: this.accountId };
  }

  /** The user, or the account root, that has a user id: whom an access key belongs to. */
  owner(userId: string): KeyOwner | undefined {
    const { accountId } = this;
    if (userId === accountId) return { kind: 'root', arn: `arn:aws:iam::${accountId}:root`, accountId };
    const user = this.users.findById(userId);
    return user && { kind: 'user', arn: this.arnOf(user), accountId, userId };
  }

  /** Notes what a request was signed with, for GetAccessKeyLastUsed and GetRole's RoleLastUsed. */
  recordUse({ accessKeyId, principal }: Credential, service: string, region: string): void {
    const key = this.accessKeys.get(accessKeyId);
    if (key) key.lastUse = { at: this.now(), service, region };
    const role = principal.kind === 'role-session' && this.#roleOf(principal.userId);
    if (role) role.lastUse = { at: this.now(), region };
  }

  /** Tags of the user, or of the session's role: what `aws:PrincipalTag` reads. */
  tagsOf(principal: Principal): ReadonlyMap<string, string> {
    const former = this.#formerOf(principal);
    if (former) return former.value?.tags ?? new Map();
    return this.#entityOf(principal)?.tags ?? new Map();
  }

  /** Every identity-based policy that speaks about the principal. The account root has none and needs none. */
  policiesOf(principal: Principal): HeldPolicies {
    const former = this.#formerOf(principal);
    if (former) return former.value?.policies ?? none;
    const entity = this.#entityOf(principal);
    return entity ? this.presentPolicies(entity) : none;
  }

  /** Who may assume the role; undefined while nobody has heard of it. */
  trustOf(role: IamRole): PolicyDocument | undefined {
    const former = this.formerPrincipals.find(role.id);
    return former ? former.value?.trust : role.trustPolicy.document;
  }

  /** What a user or the root shares with a federated user: its own policies, of the root everything. */
  sharedPolicies(owner: KeyOwner): HeldPolicies {
    if (owner.kind === 'user') return this.policiesOf(owner);
    const everything = this.policyInForce(administratorAccess);
    return { identity: everything === undefined ? [] : [everything] };
  }

  /** Whether the ARN names the account itself, or one of its users or roles that has been heard of. */
  hasPrincipal(arn: string): boolean {
    if (arn === `arn:aws:iam::${this.accountId}:root`) return true;
    const id = this.userIdOf(arn);
    if (id === undefined) return false;
    const former = this.formerPrincipals.find(id);
    return former === undefined || former.value?.arn === arn;
  }

  /** The unique id (`AIDA...`, `AROA...`) behind the ARN of a user or a role. */
  userIdOf(arn: string): string | undefined {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const candidates = [this.users.find(name), this.roles.find(name)];
    return candidates.find((entity) => entity && this.arnOf(entity) === arn)?.id;
  }

  #createAccessKey(userId: string): AccessKey {
    const key: AccessKey = {
      id: uniqueId('access key'),
      secret: secretAccessKey(),
      userId,
      createdAt: this.now(),
      active: true,
    };
    this.accessKeys.set(key.id, key);
    return key;
  }

  #roleOf(sessionUserId: string): IamRole | undefined {
    return this.roles.findById(roleIdOf(sessionUserId));
  }

  /** The user, or the session's role, behind a principal; undefined for others, and for one that is deleted. */
  #entityOf(principal: Principal): IamUser | IamRole | undefined {
    if (principal.kind === 'user') return this.users.findById(principal.userId);
    return principal.kind === 'role-session' ? this.#roleOf(principal.userId) : undefined;
  }

  /** What counts in place of what the principal is now. */
  #formerOf(principal: Principal): Former<KnownPrincipal> | undefined {
    if (principal.kind === 'user') return this.formerPrincipals.find(principal.userId);
    return principal.kind === 'role-session'
      ? this.formerPrincipals.find(roleIdOf(principal.userId))
      : undefined;
  }

  /** The policies that the user or role has, whether they count already or not. */
  presentPolicies(entity: IamUser | IamRole): HeldPolicies {
    const holders = entity.kind === 'user' ? [entity, ...this.groupsOf(entity)] : [entity];
    return {
      identity: holders.flatMap((holder) => this.#policiesIn(holder)),
      boundary: this.#boundary(entity),
    };
  }

  #policiesIn(holder: PolicyHolder): NamedPolicy[] {
    const inline = [...holder.inlinePolicies].map(([name, { document }]) => ({ name, document }));
    const attached = [...holder.attachedPolicies].flatMap((arn) => this.policyInForce(arn) ?? []);
    return [...inline, ...attached];
  }

  #boundary(entity: IamUser | IamRole): NamedPolicy | undefined {
    return entity.boundary === undefined ? undefined : this.policyInForce(entity.boundary);
  }
}

/** A session's user id is its role's id, a colon and the session's name. */
function roleIdOf(sessionUserId: string): string {
  return sessionUserId.slice(0, sessionUserId.indexOf(':'));
}
