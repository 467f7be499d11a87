/** Decisions about requests of which only a part is known. */

import { statementsOf } from './compiled-statement.ts';
import type { Decision, StatementReference } from './decision.ts';
import { levelFor, type NamedPolicy, type Policies, referTo } from './findings.ts';
import { grantLevel, type KeyGrant } from './key-grant.ts';
import type { AccessRequest } from './request.ts';
import { viewRequest } from './request-view.ts';
import {
  assuming,
  openGrantKeys,
  openKeys,
  type UnknownKeys,
  unknownKeysOf,
  widest,
} from './unknown-keys.ts';

/** What is not known of the request decides. */
export interface Undecided {
  readonly effect: 'undecided';
  /** The condition keys that it hangs on, each once. */
  readonly dependsOn: readonly string[];
  /** The statements that they stand in. */
  readonly statements: readonly OpenStatement[];
  /** Grants that demand an encryption context of which not all is known. */
  readonly grants: readonly { readonly grantId: string; readonly keys: readonly string[] }[];
}

/** A statement that applies or not, depending on keys that are not known. */
interface OpenStatement {
  readonly reference: StatementReference;
  readonly effect: 'Allow' | 'Deny';
  readonly keys: readonly string[];
}

/** The policies of a request, and the grants where it is about a key. */
export type AllPolicies = Policies & { readonly grants?: readonly KeyGrant[] };

/**
 * Decides twice: with every open statement in favour of the caller, and with every one against it. Another statement
 * that allows never turns an allow into a denial, and another one that denies never a denial into an allow, so what
 * both agree on holds for every value of the unknown keys. Where they differ it is undecided, which errs on the
 * careful side: of two open statements of which one always applies, neither is counted.
 *
 * @param decide the rule of the resource: `evaluate`, `evaluateKms`
 */
export function decideInDoubt<Given extends AllPolicies>(
  request: AccessRequest,
  policies: Given,
  decide: (request: AccessRequest, policies: Given) => Decision,
): Decision | Undecided {
  const isUnknown = unknownKeysOf(request);
  const against = decide(request, readAll(policies, 'Deny', isUnknown));
  if (request.lacks === undefined || against.effect === 'allowed') return against;
  const inFavour = decide(request, readAll(policies, 'Allow', isUnknown));
  if (inFavour.effect !== 'allowed') return inFavour;
  const statements = openStatements(request, policies, isUnknown);
  const grants = openGrants(request, policies, isUnknown);
  const dependsOn = new Set([...statements, ...grants].flatMap(({ keys }) => keys));
  return { effect: 'undecided', dependsOn: [...dependsOn], statements, grants };
}

function readAll<Given extends AllPolicies>(
  policies: Given,
  effect: 'Allow' | 'Deny',
  isUnknown: UnknownKeys,
): Given {
  const { identity, resource, boundary, session, grants } = policies;
  const read = (policy: NamedPolicy) => ({
    ...policy,
    document: assuming(effect, policy.document, isUnknown),
  });
  const readGrant = (grant: KeyGrant): KeyGrant[] => {
    if (openGrantKeys(grant, isUnknown).length === 0) return [grant];
    return effect === 'Allow' ? [unconstrained(grant)] : [];
  };
  return {
    ...policies,
    identity: identity.map(read),
    ...(resource && { resource: read(resource) }),
    ...(boundary && { boundary: read(boundary) }),
    ...(session && { session: session.map(read) }),
    ...(grants && { grants: grants.flatMap(readGrant) }),
  };
}

function unconstrained({ constraints: _, ...grant }: KeyGrant): KeyGrant {
  return grant;
}

/** The open grants that are the caller's, for this operation. */
function openGrants(
  request: AccessRequest,
  { grants = [] }: AllPolicies,
  isUnknown: UnknownKeys,
): Undecided['grants'] {
  return grants
    .map((grant) => ({ grant, grantId: grant.grantId, keys: openGrantKeys(grant, isUnknown) }))
    .filter(({ grant, keys }) => keys.length > 0 && grantLevel(unconstrained(grant), request) !== undefined)
    .map(({ grantId, keys }) => ({ grantId, keys }));
}

/** The open statements whose other parts fit the request. */
function openStatements(request: AccessRequest, policies: Policies, isUnknown: UnknownKeys): OpenStatement[] {
  const { identity, resource, boundary, session = [] } = policies;
  const view = viewRequest(request);
  const all = [...(resource ? [resource] : []), ...identity, ...(boundary ? [boundary] : []), ...session];
  return all.flatMap((policy) => {
    const { Version, Statement } = policy.document;
    const wide = { ...policy.document, Statement: Statement.map((one) => widest(one, Version, isUnknown)) };
    return statementsOf(wide).flatMap((compiled) => {
      const statement = Statement[compiled.index];
      const keys = statement ? openKeys(statement, Version, isUnknown) : [];
      const isAbout = policy !== resource || levelFor(compiled, view, boundary !== undefined) !== undefined;
      if (keys.length === 0 || !isAbout || !compiled.matches(view)) return [];
      return [{ reference: referTo(policy, compiled), effect: compiled.effect, keys }];
    });
  });
}
