/** A service's model as botocore carries it: what AWS says about the members of its requests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Constraint } from '../../../sandbox/protocol/constraints.ts';

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** A member of a structure that belongs to some request, and what its model asks of it. */
export interface ConstrainedMember {
  readonly structure: string;
  readonly member: string;
  readonly constraint: Constraint;
}

/** @param folder botocore's `data` */
export function readModel(folder: string, service: string): Model {
  const versions = readdirSync(join(folder, service)).sort().reverse();
  for (const version of versions) {
    const file = join(folder, service, version, 'service-2.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Model;
    if (existsSync(`${file}.gz`)) {
      return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')) as Model;
    }
  }
  throw new Error(`botocore has no model of ${service}`);
}

/** Every constrained member of the requests of these operations, however deep. Operations that the model lacks are left out. */
export function constrainedMembers(model: Model, operations: readonly string[]): ConstrainedMember[] {
  const found: ConstrainedMember[] = [];
  const seen = new Set<string>();
  const walk = (name: string): void => {
    const shape = model.shapes[name];
    if (!shape || seen.has(name)) return;
    seen.add(name);
    for (const [member, { shape: target }] of Object.entries(shape.members ?? {})) {
      const constraint = constraintOf(model, target);
      if (Object.keys(constraint).length > 0) found.push({ structure: name, member, constraint });
      walk(target);
    }
    for (const inner of [shape.member, shape.key, shape.value]) if (inner) walk(inner.shape);
  };
  for (const operation of operations) {
    const input = model.operations[operation]?.input;
    if (input) walk(input.shape);
  }
  return found;
}

function constraintOf(model: Model, name: string): Constraint {
  const { type, min, max, pattern, enum: values, member } = model.shapes[name] ?? { type: 'unknown' };
  const isLimited = min !== undefined || max !== undefined;
  const isNumber = ['integer', 'long', 'float', 'double'].includes(type);
  const limits = [min ?? 0, max ?? Number.POSITIVE_INFINITY] as const;
  const items = member && constraintOf(model, member.shape);
  return {
    ...(isLimited && (isNumber ? { range: limits } : { length: limits })),
    ...(pattern !== undefined && { pattern }),
    ...(values && { values }),
    ...(items && Object.keys(items).length > 0 && { items }),
  };
}
