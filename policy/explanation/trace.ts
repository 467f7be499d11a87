import { type Miss, statementsOf } from '../compiled-statement.ts';
import type { StatementReference } from '../decision.ts';
import type { Statement } from '../document.ts';
import { levelFor, type NamedPolicy, referTo } from '../findings.ts';
import type { PrincipalLevel } from '../principals.ts';
import type { AccessRequest } from '../request.ts';
import { viewRequest } from '../request-view.ts';

/** An Allow statement held against a request: how near it comes to allowing it. */
export interface Trace {
  readonly reference: StatementReference;
  readonly statement: Statement;
  /** How a resource policy's statement names the caller; undefined if it does not, and for identity policies. */
  readonly level: PrincipalLevel | undefined;
  /** Empty where action, resource and conditions fit. */
  readonly misses: readonly Miss[];
}

/** Every Allow statement of a policy, in its order. */
export function traceAllows(policy: NamedPolicy, request: AccessRequest): Trace[] {
  const view = viewRequest(request);
  return statementsOf(policy.document).flatMap((compiled) => {
    const statement = policy.document.Statement[compiled.index];
    if (statement === undefined || compiled.effect !== 'Allow') return [];
    const level = levelFor(compiled, view, false);
    return [{ reference: referTo(policy, compiled), statement, level, misses: compiled.misses(view) }];
  });
}

/** Whether a policy that names no principal allows the request. */
export function allows(policy: NamedPolicy, request: AccessRequest): boolean {
  return traceAllows(policy, request).some(({ misses }) => misses.length === 0);
}
