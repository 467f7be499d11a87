/** Reading `Principal` and `NotPrincipal`. */

import type { PrincipalElement } from './document.ts';
import { parseTexts } from './parse-texts.ts';
import { quote, refuse } from './syntax-error.ts';

const KINDS: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);
const ACCOUNT_ID = /^\d{12}$/;
const UNIQUE_ID = /^A[A-Z0-9]{3,127}$/;
const PRINCIPAL_ARN =
  /^arn:[a-z-]+:(iam::[^:*?]+:(root|(user|role)\/[^*?]+)|sts::[^:*?]+:(assumed-role\/[^*?/]+|federated-user)\/[^*?]+)$/;

/**
 * Reads the element's value: `"*"`, or an object of principals by kind.
 *
 * @throws PolicySyntaxError
 */
export function parsePrincipal(source: unknown, where: string): PrincipalElement {
  if (source === '*') return '*';
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    refuse(where, `must be "*" or an object such as {"AWS": "..."}, found ${quote(source)}.`);
  }
  const entries = Object.entries(source);
  if (entries.length === 0) refuse(where, 'must not be empty.');
  return Object.fromEntries(
    entries.map(([kind, value]) => {
      if (!KINDS.has(kind)) refuse(where, `unknown kind of principal ${quote(kind)}.`);
      const names = parseTexts(value, `${where}.${kind}`);
      for (const name of names) checkName(kind, name, `${where}.${kind}`);
      return [kind, names];
    }),
  );
}

function checkName(kind: string, name: string, where: string): void {
  if (name === '') refuse(where, 'must not be an empty string.');
  if (kind !== 'AWS' || name === '*' || ACCOUNT_ID.test(name) || UNIQUE_ID.test(name)) return;
  if (PRINCIPAL_ARN.test(name)) return;
  if (/[*?]/.test(name))
    refuse(where, `${quote(name)}: a wildcard cannot stand for part of a principal's name.`);
  refuse(where, `${quote(name)} is not an account, user, role or session.`);
}
