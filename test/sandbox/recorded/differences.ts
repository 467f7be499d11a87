/** Compares what AWS answered with what the sandbox answers, where ids, dates and bytes differ from run to run. */

/** Values that recordings have in place of what differs from run to run. */
const anyDate = new Set(['datetime', '<datetime>']);
const anyBytes = new Set(['ciphertext-blob', 'plaintext']);
const recordedAccount = '111111111111';

/** Where the answers are not alike, one sentence each: `Table.TableStatus: expected "ACTIVE", got "CREATING"`. */
export function differences(recorded: unknown, ours: unknown, path = ''): string[] {
  if (Array.isArray(recorded)) {
    if (!Array.isArray(ours)) return [`${path}: expected a list, got ${show(ours)}`];
    if (recorded.length !== ours.length) {
      return [`${path}: expected ${recorded.length} elements, got ${show(ours)}`];
    }
    return recorded.flatMap((item, index) => differences(item, ours[index], `${path}[${index}]`));
  }
  if (isObject(recorded)) {
    if (!isObject(ours)) return [`${path}: expected members, got ${show(ours)}`];
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
    return names.flatMap((name) => {
      const inner = path === '' ? name : `${path}.${name}`;
      if (!(name in recorded)) return [`${inner}: is not there on AWS, got ${show(ours[name])}`];
      if (!(name in ours)) return [`${inner}: is missing, AWS has ${show(recorded[name])}`];
      return differences(recorded[name], ours[name], inner);
    });
  }
  return fits(recorded, ours) ? [] : [`${path}: expected ${show(recorded)}, got ${show(ours)}`];
}

function fits(recorded: unknown, ours: unknown): boolean {
  if (typeof recorded !== 'string') return recorded === ours;
  if (anyDate.has(recorded)) return ours instanceof Date;
  if (ours instanceof Date) return false;
  if (anyBytes.has(recorded)) return ours instanceof Uint8Array && ours.length > 0;
  if (typeof ours !== 'string') return false;
  const pattern = recorded
    .split(/(<[^<>]+>)/)
    .map((part, index) => (index % 2 === 1 ? '.+' : literally(part)))
    .join('')
    .replaceAll(recordedAccount, '\\d{12}');
  return new RegExp(`^${pattern}$`, 's').test(ours);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)
  );
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
