/** What the checks of a plan need to be permitted. */
import type { Step } from '../plan.ts';

export interface NeededPermissions {
  /** Without one of them something cannot be judged: `iam:GetUser`. Sorted, as are the others. */
  readonly calls: readonly string[];
  /** Only sharpen hints. */
  readonly optional: readonly string[];
  /** What AWS asks for besides, on behalf of DynamoDB: `kms:Decrypt`. */
  readonly throughDynamoDb: readonly string[];
}

export function neededPermissions(steps: readonly Step[]): NeededPermissions {
  const checks = steps.map((step) => step.check);
  const calls = new Set<string>(
    checks.flatMap((check) => check.calls.filter((call) => !check.optional.includes(call))),
  );
  const optional = checks.flatMap((check) => check.optional).filter((call) => !calls.has(call));
  return {
    calls: [...calls].sort(),
    optional: [...new Set<string>(optional)].sort(),
    throughDynamoDb: [...new Set(checks.flatMap((check) => check.alsoNeeds))].sort(),
  };
}

/** The names that a lab's checks are about, as far as they are known before anything was asked. */
export interface Names {
  readonly alias?: string;
  readonly table?: string;
  readonly user?: string;
}

/** Taken from the parameters of the checks; what still is a reference is not known yet. */
export function namesIn(steps: readonly Step[]): Names {
  const first = (name: string) => {
    const values = steps.map((step) => step.with[name]);
    return values.find((value): value is string => typeof value === 'string' && !value.includes('${'));
  };
  const entries = (['alias', 'table', 'user'] as const).map((name) => [name, first(name)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Every user whom the checks are about, as far as known before anything was asked, in the order of the steps. */
export function usersIn(steps: readonly Step[]): string[] {
  const users = steps.map((step) => step.with.user);
  return [...new Set(users)].filter(
    (user): user is string => typeof user === 'string' && !user.includes('${'),
  );
}
