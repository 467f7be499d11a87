/** Whom a key policy may name: "The principals in the key policy must exist and be visible to KMS" (SDK's model, PutKeyPolicy). */
import type { PolicyDocument } from '../../../policy/document.ts';
import type { SandboxAccount } from '../../account.ts';

const accountPrincipal = /^(\d{12}|arn:aws:iam::\d{12}:root)$/;
const serviceName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/;

export function hasOnlyKnownPrincipals(document: PolicyDocument, account: SandboxAccount): boolean {
  return document.Statement.every((statement) => {
    const element = statement.Principal ?? statement.NotPrincipal;
    if (element === undefined || element === '*') return true;
    const { AWS = [], Service = [] } = element;
    return (
      AWS.every((name) => isKnownPrincipal(name, account)) && Service.every((name) => serviceName.test(name))
    );
  });
}

/**
 * Accounts are taken at their word. Users, roles and sessions have to exist, in this account or in another one of
 * the sandbox.
 */
export function isKnownPrincipal(name: string, { accounts }: SandboxAccount): boolean {
  if (name === '*' || accountPrincipal.test(name)) return true;
  const [, , service, , accountId = '', resource = ''] = name.split(':');
  const account = accounts.find(accountId);
  if (!account) return false;
  if (account.iam.hasPrincipal(name)) return true;
  if (service !== 'sts') return false;
  const [kind, roleName] = resource.split('/');
  if (kind === 'federated-user') return true;
  // A session's ARN leaves out the path of its role.
  return kind === 'assumed-role' && account.iam.hasPrincipal(`arn:aws:iam::${account.id}:role/${roleName}`);
}
