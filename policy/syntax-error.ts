/** A policy document that AWS would refuse as malformed. */
export class PolicySyntaxError extends Error {
  override readonly name = 'PolicySyntaxError';
}

/** Refuses a document: one sentence that says where and what. */
export function refuse(where: string, what: string): never {
  throw new PolicySyntaxError(`${where}: ${what}`);
}

/** A value from a document as it may be quoted in a message: short, on one line. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : describe(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : String(value);
}
