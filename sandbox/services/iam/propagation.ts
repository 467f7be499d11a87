/**
 * Changes in IAM take time to count. Before an operation that writes, the users and roles that it may concern are kept
 * as they are, and decisions go by that until the delay is over. Keeping one that does not change in the end is
 * harmless: it is kept as what it still is.
 */
import type { PolicyDocument } from '../../../policy/document.ts';
import { type AnyOperation, operationTable } from '../../operation.ts';
import { isReadOnly } from '../cloudtrail/management-calls.ts';
import type { IamRole, IamUser, PolicyHolder } from './entities.ts';
import type { HeldPolicies, IamStore } from './store.ts';

/** A user or a role as decisions see it; undefined stands for one that nobody has heard of yet. */
export type KnownPrincipal =
  | {
      readonly arn: string;
      readonly policies: HeldPolicies;
      readonly tags: ReadonlyMap<string, string>;
      /** Of a role. */
      readonly trust?: PolicyDocument;
    }
  | undefined;

/** How operations name what they change. */
interface Names {
  readonly UserName?: string;
  readonly GroupName?: string;
  readonly RoleName?: string;
  readonly PolicyArn?: string;
}

/** The table of IAM's operations, those that write with their changes counting after the delay. */
export function propagatingOperations(operations: readonly AnyOperation[]): Record<string, AnyOperation> {
  return operationTable(operations.map(withPropagation));
}

function withPropagation(operation: AnyOperation): AnyOperation {
  if (isReadOnly('iam', operation.schema[2])) return operation;
  return {
    ...operation,
    async run(call, input: Names) {
      if (call.clock.timing.policiesMs === 0) return operation.run(call, input);
      const { iam } = call.account;
      const before = concerned(iam, input);
      for (const entity of before) iam.formerPrincipals.keep(entity.id, () => describe(iam, entity));
      const output: unknown = await operation.run(call, input);
      for (const entity of concerned(iam, input)) {
        if (!before.has(entity)) iam.formerPrincipals.keep(entity.id, () => undefined);
      }
      return output;
    },
  };
}

function describe(iam: IamStore, entity: IamUser | IamRole): KnownPrincipal {
  return {
    arn: iam.arnOf(entity),
    policies: iam.presentPolicies(entity),
    tags: new Map(entity.tags),
    ...(entity.kind === 'role' && { trust: entity.trustPolicy.document }),
  };
}

/** The users and roles that are named, are members of the group that is named, or are subject to the policy that is. */
function concerned(
  iam: IamStore,
  { UserName, GroupName, RoleName, PolicyArn }: Names,
): ReadonlySet<IamUser | IamRole> {
  const named: (PolicyHolder | undefined)[] = [
    UserName === undefined ? undefined : iam.users.find(UserName),
    GroupName === undefined ? undefined : iam.groups.find(GroupName),
    RoleName === undefined ? undefined : iam.roles.find(RoleName),
  ];
  const holders = named.filter((holder) => holder !== undefined);
  // A policy that is attached or detached does not change for those who have it already.
  const policy = holders.length > 0 || PolicyArn === undefined ? undefined : iam.managedPolicy(PolicyArn);
  if (policy) holders.push(...iam.holdersOf(policy), ...iam.boundedBy(policy));
  return new Set(holders.flatMap((holder) => principalsOf(iam, holder)));
}

function principalsOf(iam: IamStore, { kind, id }: PolicyHolder): (IamUser | IamRole)[] {
  const entities =
    kind === 'group'
      ? [...(iam.groups.findById(id)?.memberIds ?? [])].map((memberId) => iam.users.findById(memberId))
      : [kind === 'user' ? iam.users.findById(id) : iam.roles.findById(id)];
  return entities.filter((entity) => entity !== undefined);
}
