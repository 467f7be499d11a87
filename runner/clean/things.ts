/** From a lab, the learner's names and earlier attempts to the things that may be removed, in the order of removal. */

import type { Lab } from '../lab/lab.ts';
import { resolveParams } from '../lab/reference.ts';
import { PlanError, planRun } from '../plan.ts';
import type { Attempt } from '../state/attempt.ts';
import { type MadeKind, madeKinds, nameRules, type Thing } from './made.ts';

export interface ThingsOptions {
  readonly lab: Lab;
  /** Names given now; with any, those of earlier attempts do not count. */
  readonly settings: Readonly<Record<string, string>>;
  /** Any attempts at the lab, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly account: { readonly id: string; readonly region: string };
}

/** @throws PlanError for a parameter that the lab does not have, and for a name that is none */
export function thingsOf({ lab, settings, attempts, account }: ThingsOptions): Thing[] {
  const here = attempts.filter(
    (one) => one.account.id === account.id && one.account.region === account.region,
  );
  const namings =
    Object.keys(settings).length > 0 || here.length === 0 ? [given(lab, settings)] : checked(lab, here);
  const things = new Map<string, Thing>();
  for (const entry of lab.makes) {
    const kind = madeKinds.find((one) => entry[one] !== undefined);
    if (!kind) throw new Error('An entry of `makes` names no kind.');
    for (const { params, origin } of namings) {
      const name = resolveParams(entry[kind] ?? '', params);
      const at = `${kind} ${name}`;
      if (things.has(at)) continue;
      refuse(kind, name);
      const param = /^\$\{(.*)\}$/.exec(entry[kind] ?? '')?.[1] ?? '';
      const because = `${origin(param)} for \`${param}\``;
      things.set(at, { kind, name, because, policies: entry.policies ?? [], seen: seenUnder(name, here) });
    }
  }
  return [...things.values()];
}

interface Naming {
  readonly params: Readonly<Record<string, string>>;
  /** Where the name of a parameter is from, in words. */
  readonly origin: (param: string) => string;
}

function given(lab: Lab, settings: Readonly<Record<string, string>>): Naming {
  const { params } = planRun(lab, settings);
  return {
    params,
    origin: (param) => (Object.hasOwn(settings, param) ? 'your name (`--set`)' : "the lab's own name"),
  };
}

/** Every set of names that was checked in this account and Region, the newest first. */
function checked(lab: Lab, attempts: readonly Attempt[]): Naming[] {
  return [...attempts].reverse().map(({ params, startedAt }) => {
    const still = Object.entries(params).filter(([name]) => Object.hasOwn(lab.params, name));
    return {
      params: planRun(lab, Object.fromEntries(still)).params,
      origin: (param) =>
        params[param] === lab.params[param]?.default
          ? "the lab's own name"
          : `your name in the check of ${startedAt.slice(0, 10)}`,
    };
  });
}

function refuse(kind: MadeKind, name: string): void {
  const { word, pattern, rule } = nameRules[kind];
  if (pattern.test(name)) return;
  throw new PlanError(`${JSON.stringify(name)} is not the name of a ${word}: ${rule}. Nothing was removed.`);
}

function seenUnder(name: string, attempts: readonly Attempt[]): string[] {
  const arns = [...attempts].reverse().flatMap((attempt) =>
    Object.values(attempt.findings).flatMap(({ with: asked, outputs }) => {
      const arn = outputs?.arn;
      return typeof arn === 'string' && Object.values(asked).includes(name) ? [arn] : [];
    }),
  );
  return [...new Set(arns)];
}
