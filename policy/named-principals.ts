/**
 * Whom a resource policy names for an action: what a reader sees in it. Whether a request would be allowed is
 * another question, which only an evaluation answers.
 */
import type { PolicyDocument, PrincipalElement, Statement } from './document.ts';
import { compileWildcards, matchesPattern } from './wildcard.ts';

const accountPattern = /^(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?$/;

/**
 * ARNs (or `*`) that an Allow statement names for the action, accounts left out; each once, in order. Those to whom
 * the policy denies it whatever the circumstances are not among them.
 */
export function namedPrincipals(document: PolicyDocument, action: string): string[] {
  return allowedNames(document, action).filter((name) => !accountPattern.test(name));
}

/** Ids of the accounts that an Allow statement names for the action, and that are not denied it: their identity policies count. */
export function delegatedAccounts(document: PolicyDocument, action: string): string[] {
  return allowedNames(document, action).flatMap((name) => accountPattern.exec(name)?.[1] ?? []);
}

function allowedNames(document: PolicyDocument, action: string): string[] {
  const about = document.Statement.filter((one) => coversAction(one, action));
  const denials = about.filter(({ Effect, Condition }) => Effect === 'Deny' && !Condition);
  const names = about
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal }) => namesIn(Principal));
  return [...new Set(names)].filter((name) => !denials.some((denial) => denies(denial, name)));
}

/** Whether a Deny statement is about everybody of that name: itself, its account, or all there are. */
function denies({ Principal, NotPrincipal }: Statement, name: string): boolean {
  if (NotPrincipal) return !isSpared(name, namesIn(NotPrincipal));
  return namesIn(Principal).some((denied) => isWithin(name, denied));
}

/** `NotPrincipal` spares whom it names together with the account ("IAM JSON policy elements: NotPrincipal"). */
function isSpared(name: string, spared: readonly string[]): boolean {
  if (spared.includes('*')) return true;
  const account = accountOf(name);
  const sparesAccount = spared.some((one) => accountPattern.exec(one)?.[1] === account);
  return sparesAccount && (accountPattern.test(name) || spared.includes(name));
}

function namesIn(principal: PrincipalElement | undefined): readonly string[] {
  return principal === '*' ? ['*'] : (principal?.AWS ?? []);
}

function isWithin(name: string, other: string): boolean {
  const account = accountPattern.exec(other)?.[1];
  return other === '*' || name === other || (account !== undefined && accountOf(name) === account);
}

function accountOf(name: string): string | undefined {
  return accountPattern.exec(name)?.[1] ?? name.split(':')[4];
}

/** Whether a statement is about the action, whoever asks and on whatever. */
export function coversAction({ Action, NotAction }: Statement, action: string): boolean {
  const matches = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesPattern(compileWildcards(pattern.toLowerCase()), action.toLowerCase()));
  return Action ? matches(Action) : NotAction !== undefined && !matches(NotAction);
}
