/** Statements prepared for evaluation, made once per document. */

import { type ArnPattern, completeArn, matchesArn, splitArnPattern } from './arn-pattern.ts';
import { type Condition, type Conditions, compileConditions } from './conditions/condition.ts';
import type { PolicyDocument, Statement } from './document.ts';
import { compilePrincipals, type PrincipalSet } from './principals.ts';
import type { RequestView } from './request-view.ts';
import { isResolvable, parseTemplate, resolvePattern } from './template.ts';
import { compileWildcards, matchesPattern } from './wildcard.ts';

export interface CompiledStatement {
  readonly sid?: string;
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalSet;
  readonly notPrincipal?: PrincipalSet;
  /** Whether action, resource and conditions match; says nothing about the principal. */
  readonly matches: (request: RequestView) => boolean;
  /** What keeps it from matching; empty where it matches. */
  readonly misses: (request: RequestView) => readonly Miss[];
}

/** The part of a statement that a request does not fit. */
export type Miss =
  | { readonly part: 'action' | 'resource' }
  | { readonly part: 'condition'; readonly operator: string; readonly key: string };

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** The document's statements, ready to be matched. */
export function statementsOf(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const statements = document.Statement.map((statement, index) =>
    compile(statement, index, document.Version),
  );
  compiled.set(document, statements);
  return statements;
}

function compile(statement: Statement, index: number, version: string): CompiledStatement {
  const { Sid, Effect, Principal, NotPrincipal, Condition: conditions } = statement;
  const matchesAction = compileActions(statement);
  const matchesResource = compileResources(statement, version);
  const tests: readonly Condition[] = conditions === undefined ? [] : compileConditions(conditions, version);
  return {
    ...(Sid !== undefined && { sid: Sid }),
    index,
    effect: Effect,
    ...(Principal !== undefined && { principal: compilePrincipals(Principal) }),
    ...(NotPrincipal !== undefined && { notPrincipal: compilePrincipals(NotPrincipal) }),
    matches: (request) =>
      matchesAction(request) && matchesResource(request) && tests.every((holds) => holds(request.lookup)),
    misses: (request) => [
      ...(matchesAction(request) ? [] : [{ part: 'action' } as const]),
      ...(matchesResource(request) ? [] : [{ part: 'resource' } as const]),
      ...conditionsIn(conditions).filter((_condition, at) => tests[at]?.(request.lookup) === false),
    ],
  };
}

/** In the order of {@link compileConditions}. */
function conditionsIn(conditions: Conditions = {}): (Miss & { part: 'condition' })[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({ part: 'condition' as const, operator, key })),
  );
}

type Test = (request: RequestView) => boolean;

/** Actions match without regard to case (IAM User Guide, "IAM JSON policy elements: Action"). */
function compileActions({ Action, NotAction }: Statement): Test {
  const patterns = (Action ?? NotAction ?? []).map((action) => compileWildcards(action.toLowerCase()));
  const wanted = Action !== undefined;
  return ({ action }) => patterns.some((pattern) => matchesPattern(pattern, action)) === wanted;
}

/** Matches one resource of a statement; undefined when a variable has no value. */
type ResourceTest = (request: RequestView) => boolean | undefined;

function compileResources({ Resource, NotResource }: Statement, version: string): Test {
  const sources = Resource ?? NotResource;
  // Trust policies and some resource policies name no resource: they speak of what they are attached to.
  if (sources === undefined) return () => true;
  const tests = sources.map((source) => compileResource(source, version));
  const wanted = Resource !== undefined;
  return (request) => {
    const results = tests.map((test) => test(request));
    return !results.includes(undefined) && results.includes(true) === wanted;
  };
}

function compileResource(source: string, version: string): ResourceTest {
  const template = parseTemplate(source, version);
  if (template.fixed !== undefined) {
    const pattern: ArnPattern = completeArn(splitArnPattern(template.fixed));
    return (request) => matchesArn(pattern, request.resource);
  }
  // Variables may stand only in the resource part, after the fifth colon ("Where you can use policy variables").
  const first = template.parts[0];
  const leading = first?.kind === 'text' ? first.text.split(':').length - 1 : 0;
  if (leading < 5) return () => undefined;
  return ({ resource, lookup }) => {
    if (!isResolvable(template, lookup)) return undefined;
    const pattern = resolvePattern(template, lookup, resource?.join(':').length ?? 0);
    return pattern !== undefined && matchesArn(splitArnPattern(pattern), resource);
  };
}
