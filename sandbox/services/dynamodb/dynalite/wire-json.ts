import { AwsError } from '../../../aws-error.ts';

/**
 * The JSON of a request as dynalite can take it: members that are null count as absent, as they do for DynamoDB
 * (Inferred: from its answers, which say "Value null" for a missing member).
 *
 * @throws AwsError ValidationException for null in a list, and for an attribute called `__proto__`, which
 *   dynalite would take for an object's prototype
 */
export function withoutNulls(body: Record<string, unknown>): Record<string, unknown> {
  return clean(body, '') as Record<string, unknown>;
}

function clean(value: unknown, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const inner = `${path}.${index + 1}.member`;
      if (item === null) {
        throw new AwsError(
          'ValidationException',
          `1 validation error detected: Value null at '${inner}' failed to satisfy constraint: Member must not be null`,
        );
      }
      return clean(item, inner);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') {
      throw new AwsError(
        'ValidationException',
        'The sandbox cannot hold an attribute with the name __proto__.',
      );
    }
    const inner = path === '' ? name.charAt(0).toLowerCase() + name.slice(1) : `${path}.${name}`;
    if (member !== null) kept[name] = clean(member, inner);
  }
  return kept;
}
