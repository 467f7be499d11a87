/** Whom a trust policy lets in besides one user of the own account with one external id, read off as it is written. */
import type { Conditions } from '../../policy/conditions/condition.ts';
import { readOperator } from '../../policy/conditions/registry.ts';
import type { PolicyDocument, PrincipalElement, Statement } from '../../policy/document.ts';
import { coversAction } from '../../policy/named-principals.ts';
import { statementName } from '../iam/statement-name.ts';

/** Who may be let in: the user by name, or whomever its account lets. */
export interface Expected {
  readonly userArn: string;
  readonly userId: string;
  readonly accountId: string;
  readonly externalId: string;
}

/** The ways into a role: "Actions defined by AWS Security Token Service", service authorization reference. */
const waysIn = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/**
 * A trial asks as one caller, with a few external ids; a statement that lets in somebody else, or takes another id, it may miss.
 *
 * @returns what each Allow statement opens beyond that, as clauses: `statement 2 names *`
 */
export function trustOpenings({ Statement }: PolicyDocument, expected: Expected): string[] {
  const isHeldByDeny = Statement.some((one) => deniesOthers(one, expected));
  return Statement.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow' || !waysIn.some((action) => coversAction(statement, action))) return [];
    const name = statementName(statement, index);
    const { Condition = {}, Principal } = statement;
    const others = isNarrowed(Condition, expected) ? [] : strangers(Principal, expected);
    const isHeld = isHeldByDeny || holdsTo(Condition, 'sts:ExternalId', [expected.externalId]);
    return [
      ...(others.length > 0 ? [`${name} names ${others.join(', ')}`] : []),
      ...(isHeld ? [] : [`${name} does not ask for exactly the external id ${expected.externalId}`]),
    ];
  });
}

/** Whom it names that is neither the user nor its account. Trust policies cannot use `NotPrincipal` with Allow. */
function strangers(
  principal: PrincipalElement | undefined,
  { userArn, userId, accountId }: Expected,
): string[] {
  if (principal === undefined) return ['everyone but a few'];
  if (principal === '*') return ['*'];
  const root = `${userArn.slice(0, userArn.indexOf(':user/'))}:root`;
  const known = [userArn, userId, accountId, root];
  return Object.values(principal)
    .flat()
    .filter((one) => !known.includes(one));
}

/** Whether a condition leaves nobody but the user, or its account, of whomever the statement names. */
function isNarrowed(condition: Conditions, { userArn, accountId }: Expected): boolean {
  return (
    holdsTo(condition, 'aws:PrincipalArn', [userArn]) ||
    holdsTo(condition, 'aws:PrincipalAccount', [accountId])
  );
}

const equals = new Set(['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike']);

/**
 * Whether a condition holds only where the request has the key, with one of these values. None of them has a wildcard or a variable,
 * so that each operator compares it letter for letter. `ForAllValues` and `IfExists` hold without the key as well.
 */
function holdsTo(condition: Conditions, key: string, values: readonly string[]): boolean {
  return Object.entries(condition).some(([written, keys]) => {
    const use = readOperator(written);
    if (!use || !equals.has(use.operator.name) || use.ifExists || use.set === 'ForAllValues') return false;
    return valuesOf(keys, key).some((asked) => asked.every((one) => values.includes(one)));
  });
}

/** Whether everybody with another external id, or with none, is denied: an absent key meets a negated operator. */
function deniesOthers(statement: Statement, { externalId }: Expected): boolean {
  const { Effect, Principal, Condition = {} } = statement;
  const isForAll = Principal === '*' || Principal?.AWS?.includes('*') === true;
  const [[written = '', keys = {}] = [], ...more] = Object.entries(Condition);
  const use = readOperator(written);
  const [asked] = valuesOf(keys, 'sts:ExternalId');
  return (
    Effect === 'Deny' &&
    isForAll &&
    waysIn.every((action) => coversAction(statement, action)) &&
    more.length === 0 &&
    Object.keys(keys).length === 1 &&
    use?.operator.name === 'StringNotEquals' &&
    use.set === undefined &&
    asked?.length === 1 &&
    asked[0] === externalId
  );
}

/** Condition keys are compared without regard to case. */
function valuesOf(keys: Conditions[string], wanted: string): (readonly string[])[] {
  return Object.entries(keys)
    .filter(([key]) => key.toLowerCase() === wanted.toLowerCase())
    .map(([, values]) => values);
}
