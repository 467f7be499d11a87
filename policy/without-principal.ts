import type { PolicyDocument, Statement } from './document.ts';

/**
 * A resource policy as it reads without one principal: Allow statements no longer name it, and those that named
 * nobody else are gone. Deny statements stay, and so does whoever is meant by `*` or by the account.
 *
 * @param names of the principal: its ARN, its unique id
 */
export function withoutPrincipal(document: PolicyDocument, names: readonly string[]): PolicyDocument {
  return { ...document, Statement: document.Statement.flatMap((one) => stripped(one, names)) };
}

function stripped(statement: Statement, names: readonly string[]): Statement[] {
  const { Principal } = statement;
  if (statement.Effect !== 'Allow' || Principal === undefined || Principal === '*') return [statement];
  const { AWS: named = [], ...others } = Principal;
  const AWS = named.filter((one) => !names.includes(one));
  if (AWS.length === named.length) return [statement];
  const rest = AWS.length > 0 ? { ...others, AWS } : others;
  return Object.keys(rest).length > 0 ? [{ ...statement, Principal: rest }] : [];
}
