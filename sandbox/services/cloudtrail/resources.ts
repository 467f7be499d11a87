/** The resources of a call: those that its record lists, and those that only a look-up knows. */
import type { Attempt } from './attempt.ts';
import type { JsonObject, JsonValue, NamedResource } from './event.ts';

/**
 * ARNs for the record: keys and aliases of KMS, tables of DynamoDB, the role of AssumeRole. A denied call's record
 * lists none (observed on AWS, public records of a denied Decrypt and a denied ListTables).
 */
export function recordedResources({ service, permissions = [], output }: Attempt): NamedResource[] {
  const listed = recordedTypes[service];
  if (!listed) return [];
  const arns: string[] = [];
  const add = (arn: string): void => {
    if (arn.includes(listed.part) && !arn.endsWith('*') && !arns.includes(arn)) arns.push(arn);
  };
  // Keys before aliases, as in the KMS developer guide's example of CreateAlias.
  for (const { key, resource } of permissions) if (key) add(resource);
  for (const { resource } of permissions) add(resource);
  const created = service === 'kms' ? createdKey(output) : undefined;
  if (created !== undefined) add(created);
  return arns.map((name) => ({ type: listed.type, name }));
}

/** By service: the type, and what the ARNs have in common. */
const recordedTypes: Readonly<Record<string, { readonly type: string; readonly part: string }>> = {
  kms: { type: 'AWS::KMS::Key', part: ':kms:' },
  dynamodb: { type: 'AWS::DynamoDB::Table', part: ':table/' },
  sts: { type: 'AWS::IAM::Role', part: ':role/' },
};

function createdKey(output: unknown): string | undefined {
  if (typeof output !== 'object' || output === null || !('KeyMetadata' in output)) return undefined;
  const { Arn } = output.KeyMetadata as { Arn?: string };
  return Arn;
}

/** Parameters that name a resource. Inferred from the resource types that AWS's event history can be filtered by. */
const namingParameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dynamodb: { tableName: 'AWS::DynamoDB::Table' },
  iam: {
    accessKeyId: 'AWS::IAM::AccessKey',
    groupName: 'AWS::IAM::Group',
    policyArn: 'AWS::IAM::Policy',
    roleName: 'AWS::IAM::Role',
    userName: 'AWS::IAM::User',
  },
};

/** What the shown parameters and answers name, for look-ups by resource. */
export function namedResources(service: string, ...shown: readonly (JsonObject | null)[]): NamedResource[] {
  const types = namingParameters[service];
  if (!types) return [];
  const found = new Map<string, NamedResource>();
  const look = (object: JsonObject, depth: number): void => {
    for (const [member, value] of Object.entries(object)) {
      const type = types[member];
      if (type !== undefined && typeof value === 'string')
        found.set(`${type} ${value}`, { type, name: value });
      else if (depth > 0 && isObject(value)) look(value, depth - 1);
    }
  };
  // An answer holds what was made one level down: `accessKey.accessKeyId`.
  for (const object of shown) if (object) look(object, 1);
  return [...found.values()];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
