/**
 * Holds a parsed input against the SDK's runtime schema: wrong JSON types and missing required members. Lengths,
 * patterns and enumerations are not in those schemas: a service hands them in, or its operations check them.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { AwsError } from '../aws-error.ts';
import { type Constraints, checkConstraint, type Violations } from './constraints.ts';

export interface ValidationOptions {
  /** Code of the error for an input that breaks a constraint; default `ValidationException`. */
  readonly code?: string;
  readonly constraints?: Constraints;
}

/** @throws AwsError SerializationException for a wrong type, otherwise one error that names every violation */
export function validateInput(schema: SchemaRef, input: unknown, options: ValidationOptions = {}): void {
  const violations: Violations = { framework: [], service: [] };
  new InputWalk(options.constraints ?? {}, violations).struct(NormalizedSchema.of(schema), input, '');
  const { framework, service } = violations;
  const code = options.code ?? 'ValidationException';
  if (framework.length > 0) {
    const count = `${framework.length} validation error${framework.length === 1 ? '' : 's'} detected`;
    throw new AwsError(code, `${count}: ${framework.join('; ')}`);
  }
  if (service[0] !== undefined) throw new AwsError(code, service[0]);
}

/** A hostile input may break a constraint in each of a million places; nobody reads further than this. */
const mostViolations = 100;

class InputWalk {
  readonly #constraints: Constraints;
  readonly #violations: Violations;

  constructor(constraints: Constraints, violations: Violations) {
    this.#constraints = constraints;
    this.#violations = violations;
  }

  struct(schema: NormalizedSchema, value: unknown, path: string): void {
    if (value === null || value === undefined || !schema.isStructSchema()) return;
    if (this.#violations.framework.length > mostViolations) return;
    if (!isObject(value)) throw wrongType(path, 'a structure', value);
    const required = requiredMembers(schema);
    for (const [name, member] of schema.structIterator()) {
      const inner = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      const memberValue = Object.hasOwn(value, name) ? value[name] : undefined;
      if (memberValue === null || memberValue === undefined) {
        if (required.has(name) && !member.isIdempotencyToken()) this.#isNull(inner);
        continue;
      }
      this.#value(member, memberValue, inner);
      const constraint = this.#constraints[`${schema.getName()}.${name}`] ?? this.#constraints[name];
      if (constraint)
        checkConstraint(constraint, memberValue, inner, shown(member, memberValue), this.#violations);
    }
  }

  #value(schema: NormalizedSchema, value: unknown, path: string): void {
    if (value === null || value === undefined) return;
    if (schema.isStructSchema()) {
      this.struct(schema, value, path);
    } else if (schema.isListSchema()) {
      if (!Array.isArray(value)) throw wrongType(path, 'a list', value);
      for (const [index, item] of value.entries()) {
        this.#item(schema, item, `${path}.${index + 1}.member`);
      }
    } else if (schema.isMapSchema()) {
      if (!isObject(value)) throw wrongType(path, 'a structure', value);
      for (const [key, item] of Object.entries(value)) {
        this.#item(schema, item, `${path}.${key}`);
      }
    } else {
      checkSimple(schema, value, path);
    }
  }

  /** An element of a list or a value of a map: never null, unless the schema lets it have gaps. */
  #item(schema: NormalizedSchema, item: unknown, path: string): void {
    if (item !== null && item !== undefined) this.#value(schema.getValueSchema(), item, path);
    else if (!schema.getMergedTraits().sparse) this.#isNull(path);
  }

  #isNull(path: string): void {
    this.#violations.framework.push(
      `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
    );
  }
}

function checkSimple(schema: NormalizedSchema, value: unknown, path: string): void {
  if (schema.isStringSchema()) {
    if (typeof value !== 'string') throw wrongType(path, 'a string', value);
  } else if (schema.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw wrongType(path, 'a boolean', value);
  } else if (schema.isNumericSchema()) {
    if (typeof value !== 'number' || Number.isNaN(value)) throw wrongType(path, 'a number', value);
  } else if (schema.isBlobSchema()) {
    if (!(value instanceof Uint8Array)) throw wrongType(path, 'base64 text', value);
  } else if (schema.isTimestampSchema()) {
    if (!(value instanceof Date) || Number.isNaN(value.getTime()))
      throw wrongType(path, 'a timestamp', value);
  }
}

/**
 * The struct tuple's seventh element counts the required members, which the generator puts first. The element is
 * not part of the schemas' public interface, so the SDK's version is pinned and a test watches it.
 */
function requiredMembers(schema: NormalizedSchema): ReadonlySet<string> {
  const tuple: unknown = schema.getSchema();
  if (!Array.isArray(tuple)) return new Set();
  const [, , , , names, , count]: unknown[] = tuple;
  return new Set<string>(Array.isArray(names) && typeof count === 'number' ? names.slice(0, count) : []);
}

/**
 * The value as a message may quote it: no secrets, no bytes. Lists are quoted in brackets. Inferred: structures in
 * them, after the way that Java writes them out.
 */
function shown(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.getMergedTraits().sensitive || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => shown(schema.getValueSchema(), item) ?? '').join(', ')}]`;
  }
  if (!schema.isStructSchema() || !isObject(value)) return String(value);
  const members = [...schema.structIterator()]
    .filter(([name]) => value[name] !== undefined)
    .map(([name, member]) => `${lowerFirst(name)}=${shown(member, value[name]) ?? ''}`);
  return `${schema.getName()}(${members.join(', ')})`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(path: string, expected: string, value: unknown): AwsError {
  const seen = Array.isArray(value) ? 'a list' : typeof value;
  return new AwsError(
    'SerializationException',
    `${path || 'The request'}: expected ${expected}, got ${seen}`,
  );
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
