/** Reading one statement of a policy document. */

import type { PolicyKind, Statement } from './document.ts';
import { parseConditions } from './parse-conditions.ts';
import { parsePrincipal } from './parse-principal.ts';
import { parseTexts } from './parse-texts.ts';
import { quote, refuse } from './syntax-error.ts';

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const ACTION = /^(\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?_-]+)$/;
const IDENTITY_SID = /^[A-Za-z0-9]*$/;

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads the statement at this position (from 0).
 *
 * @throws PolicySyntaxError
 */
export function parseStatement(source: unknown, index: number, kind: PolicyKind | undefined): Statement {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    refuse(`Statement ${index + 1}`, `expected an object, found ${quote(source)}.`);
  }
  const raw: Raw = { ...source };
  const { Sid, Effect } = raw;
  const where = typeof Sid === 'string' ? `Statement ${index + 1} (${quote(Sid)})` : `Statement ${index + 1}`;
  for (const name of Object.keys(raw)) {
    if (!ELEMENTS.has(name)) refuse(where, `unknown element ${quote(name)}.`);
  }
  if (Sid !== undefined && typeof Sid !== 'string')
    refuse(where, `Sid must be a string, found ${quote(Sid)}.`);
  if (kind === 'identity' && !IDENTITY_SID.test(Sid ?? ''))
    refuse(where, 'Sid may hold letters and digits only.');
  if (Effect === undefined) refuse(where, 'Effect is missing.');
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    refuse(where, `Effect must be "Allow" or "Deny", found ${quote(Effect)}.`);
  }
  requireOneOf(raw, 'Action', 'NotAction', where);
  rejectBoth(raw, 'Resource', 'NotResource', where);
  rejectBoth(raw, 'Principal', 'NotPrincipal', where);
  checkKind(raw, kind, where);
  return {
    ...(Sid !== undefined && { Sid }),
    Effect,
    ...('Principal' in raw && { Principal: parsePrincipal(raw.Principal, `${where}, Principal`) }),
    ...('NotPrincipal' in raw && {
      NotPrincipal: parsePrincipal(raw.NotPrincipal, `${where}, NotPrincipal`),
    }),
    ...('Action' in raw && { Action: actions(raw.Action, `${where}, Action`) }),
    ...('NotAction' in raw && { NotAction: actions(raw.NotAction, `${where}, NotAction`) }),
    ...('Resource' in raw && { Resource: resources(raw.Resource, `${where}, Resource`) }),
    ...('NotResource' in raw && { NotResource: resources(raw.NotResource, `${where}, NotResource`) }),
    ...('Condition' in raw && { Condition: parseConditions(raw.Condition, where) }),
  };
}

/** Which policies have a principal and which a resource. AWS: "IAM JSON policy elements: Principal", "Resource". */
function checkKind(raw: Raw, kind: PolicyKind | undefined, where: string): void {
  const hasPrincipal = 'Principal' in raw || 'NotPrincipal' in raw;
  const hasResource = 'Resource' in raw || 'NotResource' in raw;
  if (kind === 'identity' && hasPrincipal) refuse(where, 'an identity policy must not name a Principal.');
  if ((kind === 'resource' || kind === 'trust') && !hasPrincipal) refuse(where, 'Principal is missing.');
  if (kind === 'trust' && hasResource) refuse(where, 'a role trust policy must not name a Resource.');
  if (kind === 'trust' && 'NotPrincipal' in raw)
    refuse(where, 'a role trust policy must not use NotPrincipal.');
  if (!hasResource && !hasPrincipal) refuse(where, 'Resource or NotResource is missing.');
}

function requireOneOf(raw: Raw, name: string, opposite: string, where: string): void {
  rejectBoth(raw, name, opposite, where);
  if (!(name in raw) && !(opposite in raw)) refuse(where, `${name} or ${opposite} is missing.`);
}

function rejectBoth(raw: Raw, name: string, opposite: string, where: string): void {
  if (name in raw && opposite in raw) refuse(where, `has both ${name} and ${opposite}; only one is allowed.`);
}

function actions(source: unknown, where: string): readonly string[] {
  const values = parseTexts(source, where);
  for (const value of values) {
    if (!ACTION.test(value)) refuse(where, `${quote(value)} is not "*" or of the form "service:Operation".`);
  }
  return values;
}

function resources(source: unknown, where: string): readonly string[] {
  const values = parseTexts(source, where);
  for (const value of values) {
    if (value !== '*' && !value.startsWith('arn:'))
      refuse(where, `${quote(value)} is neither an ARN nor "*".`);
  }
  return values;
}
