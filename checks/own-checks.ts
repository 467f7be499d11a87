/** Checks that do not come with Labwright, held to the contract before any of them runs. */
import { z } from 'zod';
import { type Check, isDefined } from './check.ts';
import { isReading } from './reading.ts';

/** What is wrong with an author's checks, told to who uses them. */
export class ChecksProblem extends Error {
  /** Where they come from, as it was named: a file or a package. */
  readonly source: string;

  /** @param problem what was seen, and what to do */
  constructor(source: string, problem: string) {
    super(`The checks of ${source}: ${problem}`);
    this.name = 'ChecksProblem';
    this.source = source;
  }
}

/** Longer than AWS may take to settle and the SDK to repeat a call. */
const usualLimitMs = 5 * 60_000;

const services = ['cloudtrail', 'dynamodb', 'iam', 'kms', 'sts'];

const call = z
  .string()
  .regex(new RegExp(`^(${services.join('|')}):[A-Z][A-Za-z]+$`), {
    error: `must be a service and an operation, like kms:DescribeKey; there are ${services.join(', ')}`,
    abort: true,
  })
  .refine(isReading, 'would change the account; a check only looks');

const schemaOfObject = z.custom<z.ZodObject>((value) => {
  const { shape, safeParse } = (value ?? {}) as { shape?: unknown; safeParse?: unknown };
  return typeof shape === 'object' && typeof safeParse === 'function';
}, 'must be a zod object: z.strictObject({ ... })');

const contract = z
  .looseObject({
    id: z
      .string()
      .regex(
        /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9-]*)+$/,
        'must be a name of yours and one of the check, in small letters: my-package/table-backed-up',
      ),
    title: z.string().trim().min(1, 'must say what holds when the check passes'),
    calls: z.array(call),
    optional: z.array(call),
    probes: z.array(call),
    alsoNeeds: z.array(z.string()),
    basis: z.enum(['observed', 'history', 'reasoned']),
    params: schemaOfObject,
    outputs: schemaOfObject,
    limitMs: z
      .number()
      .positive()
      .max(60 * 60_000)
      .optional(),
    run: z.custom((value) => typeof value === 'function', 'must be a function'),
  })
  .refine(({ calls, probes }) => calls.length + probes.length > 0, {
    path: ['calls'],
    message: 'names no call; a check that asks nothing shows nothing',
  });

/**
 * The checks that an author's module exports: those exported by name, and one or a list of them as the default export.
 *
 * @param source what the module is called in messages
 * @throws ChecksProblem when there is none, or one is malformed
 */
export function checksIn(module: Readonly<Record<string, unknown>>, source: string): Check[] {
  const { default: main, ...named } = module;
  const exported = [...Object.values(named), ...(Array.isArray(main) ? main : [main])];
  const lookalike = exported.find((one) => !isDefined(one) && isLikeACheck(one));
  if (lookalike)
    throw new ChecksProblem(
      source,
      `"${(lookalike as Check).id}" is not made with defineCheck. Import { defineCheck } from 'labwright', and export what it gives.`,
    );
  const checks = [...new Set(exported.filter(isDefined))];
  if (checks.length === 0)
    throw new ChecksProblem(
      source,
      'it exports no check. Export what defineCheck gives, by name or as a list that is the default export.',
    );
  return checks.map((one) => heldToContract(one, source));
}

/**
 * The registry with an author's checks beside those that come with Labwright.
 *
 * @throws ChecksProblem for an id that is taken, or a namespace that is Labwright's own
 */
export function withOwnChecks(
  registry: ReadonlyMap<string, Check>,
  own: readonly { readonly source: string; readonly checks: readonly Check[] }[],
): ReadonlyMap<string, Check> {
  const taken = new Set([...services, ...[...registry.keys()].map(namespaceOf)]);
  const all = new Map(registry);
  const from = new Map<string, { source: string; check: Check }>();
  for (const { source, checks } of own) {
    for (const check of checks) {
      const { id } = check;
      if (taken.has(namespaceOf(id)))
        throw new ChecksProblem(
          source,
          `the check "${id}" is in a namespace of Labwright's own (${[...taken].sort().join(', ')}). Give it one of yours, such as the name of your package.`,
        );
      const other = from.get(id);
      // The same module may be named twice.
      if (other && other.check.run !== check.run)
        throw new ChecksProblem(
          source,
          `there are two checks "${id}"${other.source === source ? '' : `, one of them of ${other.source}`}. Give each its own id.`,
        );
      from.set(id, { source, check });
      all.set(id, check);
    }
  }
  return all;
}

function heldToContract(value: unknown, source: string): Check {
  const parsed = contract.safeParse(value);
  const check = value as Check;
  if (parsed.success) return { ...check, limitMs: check.limitMs ?? usualLimitMs };
  const name = typeof check.id === 'string' ? `the check "${check.id}"` : 'a check';
  const problems = parsed.error.issues.map(
    ({ path, message }) => `\n  ${path.map(String).join('.')}: ${message}`,
  );
  throw new ChecksProblem(source, `${name} is malformed.${problems.join('')}`);
}

function isLikeACheck(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, run } = value as Partial<Check>;
  return typeof id === 'string' && typeof run === 'function';
}

function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
