/** What the AWS SDK's runtime schemas say of a service's operations, under the names that the AWS CLI gives them. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { kebabCase } from './kebab-case.ts';

export interface Operation {
  /** `CreateKey` */
  readonly name: string;
  /** By option, without dashes: `key-id`. */
  readonly members: ReadonlyMap<string, Member>;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

export interface Member {
  /** `KeyId` */
  readonly name: string;
  readonly schema: NormalizedSchema;
  readonly isRequired: boolean;
}

export interface Service {
  /** By command: `create-key`. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** What `aws SERVICE wait` waits for: `table-exists`, with the operation that it asks. */
  readonly waiters: ReadonlySet<string>;
}

/** The services whose commands can be looked up; of others nothing is said. */
const packages: Readonly<Record<string, () => Promise<object>>> = {
  cloudtrail: () => import('@aws-sdk/client-cloudtrail'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  iam: () => import('@aws-sdk/client-iam'),
  kms: () => import('@aws-sdk/client-kms'),
  sts: () => import('@aws-sdk/client-sts'),
};

export const knownServices: readonly string[] = Object.keys(packages);

const loaded = new Map<string, Promise<Service>>();

/** The commands of a service, or undefined for one that cannot be looked up. */
export async function serviceOf(name: string): Promise<Service | undefined> {
  const load = Object.hasOwn(packages, name) ? packages[name] : undefined;
  if (!load) return undefined;
  const service = loaded.get(name) ?? load().then(readService);
  loaded.set(name, service);
  return service;
}

function readService(exports: object): Service {
  const schemas = Object.values(exports).filter(isOperation);
  const waiters = Object.keys(exports).flatMap((name) => /^waitUntil(\w+)$/.exec(name)?.[1] ?? []);
  return {
    operations: new Map(schemas.map((schema) => [kebabCase(schema[2]), operation(schema)])),
    waiters: new Set(waiters.map(kebabCase)),
  };
}

/** An operation's schema is a tuple that begins with 9 (`@smithy/types`, `StaticOperationSchema`). */
function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function operation([, , name, , inputSchema, outputSchema]: StaticOperationSchema): Operation {
  const input = NormalizedSchema.of(inputSchema);
  const members = input.isStructSchema() ? membersOf(input) : [];
  return {
    name,
    members: new Map(members.map((member) => [kebabCase(member.name), member])),
    input,
    output: NormalizedSchema.of(outputSchema),
  };
}

/** The members of a structure; none of them when it is no structure. */
export function membersOf(schema: NormalizedSchema): Member[] {
  const required = requiredMembers(schema);
  return [...schema.structIterator()].map(([name, member]) => ({
    name,
    schema: member,
    // What the SDK fills in by itself, nobody has to give.
    isRequired: required.has(name) && !member.isIdempotencyToken(),
  }));
}

/**
 * The struct tuple's seventh element counts the required members, which the generator puts first. It is not part of
 * the schemas' public interface: the SDK's version is pinned, and a test watches it.
 */
function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const tuple: unknown = schema.getSchema();
  if (!Array.isArray(tuple)) return new Set();
  const [, , , , names, , count]: unknown[] = tuple;
  return new Set<string>(Array.isArray(names) && typeof count === 'number' ? names.slice(0, count) : []);
}
