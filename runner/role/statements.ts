/** What a lab's checks need to be permitted, as statements of an IAM policy on as few resources as their names allow. */
import { neededPermissions } from '../permissions/needed.ts';
import type { Step } from '../plan.ts';
import { contextConditions } from './encryption-contexts.ts';
import { namesOf } from './names.ts';

interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Where the resources are. `*` stands for any; a template may name its own account. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export interface PermissionOptions {
  readonly steps: readonly Step[];
  readonly place: Place;
  /** Whether temporary access keys of the test user may be made and deleted. */
  readonly probe: boolean;
}

type Kind = 'group' | 'key' | 'policy' | 'role' | 'table' | 'user';

/** Resource types of actions: the service authorization reference. Actions that are not here have none, or any. */
const kinds: Readonly<Record<string, Kind>> = {
  'dynamodb:DescribeContinuousBackups': 'table',
  'dynamodb:DescribeTable': 'table',
  'dynamodb:GetItem': 'table',
  'dynamodb:Query': 'table',
  'dynamodb:Scan': 'table',
  'iam:GetGroup': 'group',
  'iam:GetGroupPolicy': 'group',
  'iam:GetPolicy': 'policy',
  'iam:GetPolicyVersion': 'policy',
  'iam:GetRole': 'role',
  'iam:GetRolePolicy': 'role',
  'iam:GetUser': 'user',
  'iam:GetUserPolicy': 'user',
  'iam:ListAttachedGroupPolicies': 'group',
  'iam:ListAttachedRolePolicies': 'role',
  'iam:ListAttachedUserPolicies': 'user',
  'iam:ListGroupPolicies': 'group',
  'iam:ListGroupsForUser': 'user',
  'iam:ListRolePolicies': 'role',
  'iam:ListUserPolicies': 'user',
  'kms:DescribeKey': 'key',
  'kms:GetKeyPolicy': 'key',
  'kms:GetKeyRotationStatus': 'key',
  'kms:ListGrants': 'key',
  'kms:ListKeyRotations': 'key',
};

const sids: Readonly<Record<Kind, string>> = {
  group: 'ReadGroups',
  key: 'ReadKeys',
  policy: 'ReadManagedPolicies',
  role: 'ReadRole',
  table: 'ReadTable',
  user: 'ReadUser',
};

/** Neither a read nor a write of anything; what it may open is said by the encryption context. */
const decrypt = 'kms:Decrypt';

/** What a probe with a temporary key takes: the only writes there are. */
const probeActions = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys'] as const;

/** @throws PlanError for names that fit into no policy */
export function checkPermissions({ steps, place, probe }: PermissionOptions): PolicyDocument {
  const { calls, optional, throughDynamoDb } = neededPermissions(steps);
  const actions = [...calls, ...optional].filter((action) => action !== decrypt).sort();
  const resources = resourcesIn(steps, place);
  const byKind = Object.keys(sids)
    .map((kind) => kind as Kind)
    .map((kind): PolicyStatement => {
      const Action = actions.filter((action) => kinds[action] === kind);
      return { Sid: sids[kind], Effect: 'Allow', Action, Resource: resources[kind] };
    });
  const anywhere: PolicyStatement = {
    Sid: 'Look',
    Effect: 'Allow',
    Action: actions.filter((action) => kinds[action] === undefined),
    Resource: ['*'],
  };
  const opening = calls.includes(decrypt) ? openDataKeys(steps, resources.key) : [];
  const keyUse: PolicyStatement = {
    Sid: 'ReadTableUnderKey',
    Effect: 'Allow',
    Action: throughDynamoDb,
    Resource: resources.key,
    Condition: throughTable(steps, place),
  };
  const probing: PolicyStatement = {
    Sid: 'ProbeWithTemporaryKey',
    Effect: 'Allow',
    Action: probe && steps.some(({ check }) => check.probes.length > 0) ? probeActions : [],
    Resource: resources.user,
  };
  return {
    Version: '2012-10-17',
    Statement: [...byKind, anywhere, ...opening, keyUse, probing].filter(({ Action }) => Action.length > 0),
  };
}

/** Data keys of the lab alone: those that were made with its encryption contexts. */
function openDataKeys(steps: readonly Step[], keys: readonly string[]): PolicyStatement[] {
  const conditions = contextConditions(steps);
  const known: PolicyStatement['Condition'][] = conditions.map((StringEquals) => ({ StringEquals }));
  // Without a known context: any, but there has to be one.
  const any: PolicyStatement['Condition'] = { Null: { 'kms:EncryptionContextKeys': 'false' } };
  return (known.length > 0 ? known : [any]).map((Condition, at) => ({
    Sid: `OpenDataKeys${at === 0 ? '' : at + 1}`,
    Effect: 'Allow',
    Action: [decrypt],
    Resource: keys,
    Condition,
  }));
}

function resourcesIn(steps: readonly Step[], place: Place): Record<Kind, string[]> {
  const { partition, account, region } = place;
  const iam = (type: string, names: readonly string[] | undefined) =>
    // A user or role may have a path, which its name does not show.
    (names ?? ['*']).flatMap((name) =>
      name === '*' ? [`arn:${partition}:iam::${account}:${type}/*`] : ownAndUnderPath(place, type, name),
    );
  const users = namesOf(steps, 'user');
  const tables = namesOf(steps, 'table') ?? ['*'];
  return {
    group: iam('group', undefined),
    // A key is known by its alias only while it has one, and the key that a table should not have is looked at as well.
    key: [`arn:${partition}:kms:${region}:${account}:key/*`],
    policy: [`arn:${partition}:iam::aws:policy/*`, `arn:${partition}:iam::${account}:policy/*`],
    // A role of the test user's name is a mistake that a check tells from a missing user.
    role: iam('role', together(namesOf(steps, 'role'), users)),
    table: tables.map((name) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`),
    user: iam('user', users),
  };
}

function ownAndUnderPath({ partition, account }: Place, type: string, name: string): string[] {
  const arn = `arn:${partition}:iam::${account}:${type}`;
  return [`${arn}/${name}`, `${arn}/*/${name}`];
}

function together(a: readonly string[] | undefined, b: readonly string[] | undefined): string[] | undefined {
  return a || b ? [...new Set([...(a ?? []), ...(b ?? [])])] : undefined;
}

/**
 * DynamoDB asks for a table's key on the reader's behalf, with the table's name in the encryption context ("How Amazon
 * DynamoDB uses AWS KMS", KMS developer guide).
 */
function throughTable(steps: readonly Step[], { region }: Place): NonNullable<PolicyStatement['Condition']> {
  const tables = namesOf(steps, 'table');
  return {
    StringLike: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
    ...(tables && { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': tables } }),
  };
}
