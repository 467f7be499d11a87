/**
 * Key policies as GetKeyPolicy writes them: two spaces per level, ` : ` after keys, arrays on the line of their
 * brackets. Seen in the documented PutKeyPolicy event of the KMS developer guide and in GetKeyPolicy answers
 * recorded by Cloud Custodian, whatever the spacing that was put in.
 */
export function writePolicyText(policy: unknown): string {
  return write(policy, '');
}

function write(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? '[ ]' : `[ ${value.map((item) => write(item, indent)).join(', ')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value);
  if (members.length === 0) return '{ }';
  const inner = `${indent}  `;
  const lines = members.map(([key, member]) => `${inner}${JSON.stringify(key)} : ${write(member, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
