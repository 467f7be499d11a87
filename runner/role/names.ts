/** The names that a lab's checks are about, for the resources of a policy. */
import { PlanError, type Step } from '../plan.ts';

/** What a parameter of that name is in every check. */
export type NamedKind = 'role' | 'table' | 'user';

/**
 * All names of a kind that the steps ask about. A reference to an earlier check's output stands for what that check was
 * asked about under the same parameter.
 *
 * @returns undefined where a name is known only during a run, or none is given
 * @throws PlanError for a name that AWS has none like, so that it would mean something else inside a policy
 */
export function namesOf(steps: readonly Step[], kind: NamedKind): readonly string[] | undefined {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const names = new Set<string>();
  for (const step of steps) {
    if (step.with[kind] === undefined) continue;
    const known = namesAt(step, kind, byId);
    if (known.length === 0) return undefined;
    for (const name of known) names.add(checked(name, kind));
  }
  return names.size === 0 ? undefined : [...names].sort();
}

function namesAt(step: Step, kind: NamedKind, byId: ReadonlyMap<string, Step>): string[] {
  const value = step.with[kind];
  if (typeof value !== 'string') return [];
  if (!value.includes('${')) return [value];
  return step.needs.flatMap((id) => {
    const producer = byId.get(id);
    return producer ? namesAt(producer, kind, byId) : [];
  });
}

/** `*`, `?` and `$` mean something in a policy. Characters: "IAM and AWS STS quotas", and "Naming rules" of DynamoDB. */
function checked(name: string, kind: NamedKind): string {
  if (/^[\w+=,.@-]{1,255}$/.test(name)) return name;
  throw new PlanError(
    `"${name}" is no name of a ${kind}: no policy can be written for it. Choose another with \`--set\`.`,
  );
}
