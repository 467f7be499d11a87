/**
 * Whom a resource policy names for an action: what a reader sees in it. Whether a request would be allowed is
 * another question, which only an evaluation answers.
 */
import type { PolicyDocument, Statement } from './document.ts';
import { compileWildcards, matchesPattern } from './wildcard.ts';

const accountPattern = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/;

/** ARNs (or `*`) that an Allow statement names for the action, accounts left out; each once, in order. */
export function namedPrincipals(document: PolicyDocument, action: string): string[] {
  return allowedNames(document, action).filter((name) => !accountPattern.test(name));
}

/** Ids of the accounts that an Allow statement names for the action: their identity policies count. */
export function delegatedAccounts(document: PolicyDocument, action: string): string[] {
  return allowedNames(document, action).flatMap((name) => accountPattern.exec(name)?.[1] ?? []);
}

function allowedNames(document: PolicyDocument, action: string): string[] {
  const names = document.Statement.filter(
    (one) => one.Effect === 'Allow' && coversAction(one, action),
  ).flatMap(({ Principal }) => (Principal === '*' ? ['*'] : (Principal?.AWS ?? [])));
  return [...new Set(names)];
}

function coversAction({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesPattern(compileWildcards(pattern.toLowerCase()), action.toLowerCase()));
  return Action ? matches(Action) : NotAction !== undefined && !matches(NotAction);
}
