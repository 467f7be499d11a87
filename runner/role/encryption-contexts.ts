/** The encryption contexts with which a lab's checks decrypt, for the conditions of a policy. */
import type { Step } from '../plan.ts';

/** Values by condition key: `kms:EncryptionContext:table`. */
export type ContextCondition = Readonly<Record<string, readonly string[]>>;

/**
 * One condition for all contexts of the same names: what a check gives under `context`, however deep. Without any, all that can be
 * said is nothing.
 */
export function contextConditions(steps: readonly Step[]): readonly ContextCondition[] {
  const decrypting = steps.filter(({ check }) => check.calls.includes('kms:Decrypt'));
  const byNames = new Map<string, Map<string, Set<string>>>();
  for (const context of decrypting.flatMap((step) => contextsIn(step.with))) {
    const names = Object.keys(context).sort();
    const values = byNames.get(names.join('\n')) ?? new Map(names.map((name) => [name, new Set<string>()]));
    byNames.set(names.join('\n'), values);
    for (const [name, value] of Object.entries(context)) values.get(name)?.add(literal(value));
  }
  return [...byNames.values()].map((values) =>
    Object.fromEntries([...values].map(([name, set]) => [`kms:EncryptionContext:${name}`, [...set].sort()])),
  );
}

function contextsIn(value: unknown): Record<string, string>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(contextsIn);
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'context' && isContext(member) ? [member] : contextsIn(member),
  );
}

function isContext(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = Object.values(value);
  return members.length > 0 && members.every((one) => typeof one === 'string');
}

/** In a policy's values `${...}` is a variable; `${$}` is the sign itself ("IAM policy elements: Variables and tags"). */
function literal(value: string): string {
  return value.replaceAll('$', '${$}');
}
