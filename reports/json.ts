/** Reading members of JSON whose shape nobody vouches for. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The member as an object; undefined when it is missing or something else. */
export function objectAt(value: unknown, name: string): JsonObject | undefined {
  return asObject(asObject(value)?.[name]);
}

/** The member as text, numbers and booleans written out; undefined when it is missing, empty or structured. */
export function textAt(value: unknown, name: string): string | undefined {
  const member = asObject(value)?.[name];
  if (typeof member === 'number' || typeof member === 'boolean') return String(member);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** Parses JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
