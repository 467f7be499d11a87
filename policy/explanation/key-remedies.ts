/** The ways to a key that the key itself offers. */
import type { Policies } from '../findings.ts';
import type { AccessRequest } from '../request.ts';
import type { Remedy } from './explanation.ts';
import { identityRemedies, viaService } from './identity-side.ts';
import { lackingLimits } from './limits.ts';
import { allows } from './trace.ts';
import { principalName, upperFirst } from './words.ts';

/** What the console gives key users ("Default key policy", KMS developer guide, "Allows key users to use the KMS key"). */
const usersMay = /^kms:(Encrypt|Decrypt|ReEncrypt(From|To)|GenerateDataKey\w*|DescribeKey)$/;

/** What a grant can hold (KMS API reference, CreateGrant, "Operations"). */
const grantable =
  /^kms:(Decrypt|Encrypt|GenerateDataKey(Pair)?(WithoutPlaintext)?|ReEncrypt(From|To)|Sign|Verify|GetPublicKey|CreateGrant|RetireGrant|DescribeKey|GenerateMac|VerifyMac|DeriveSharedSecret)$/;

/** A statement of the key policy: the narrowest way. */
export function keyPolicyRemedy(request: AccessRequest, policies: Policies): Remedy {
  const { principal, action } = request;
  const who = principalName(principal);
  const via = viaService(request);
  const service = request.context['kms:ViaService'];
  const through = String(service).startsWith('dynamodb.') ? 'DynamoDB' : service;
  const operation = action.slice(action.indexOf(':') + 1);
  return {
    what: `Add a statement to the key policy that allows ${who} ${action}${via.Condition ? `, and only through ${through}` : ''}.`,
    statement: {
      Sid: `Allow${operation}For${who
        .split(/[^A-Za-z0-9]+/)
        .map(upperFirst)
        .join('')}`,
      Effect: 'Allow',
      Principal: principal.kind === 'service' ? { Service: principal.service } : { AWS: namedBy(request) },
      Action: action,
      Resource: '*',
      ...via,
    },
    to: 'key policy',
    ...besides(request, policies),
  };
}

/** Ways beside the key policy's text, the narrower first; for users and roles alone. */
export function otherKeyRemedies(request: AccessRequest, policies: Policies): Remedy[] {
  const { principal, action } = request;
  if (principal.kind !== 'user' && principal.kind !== 'role-session') return [];
  const who = principalName(principal);
  const also = besides(request, policies);
  const remedies: Remedy[] = [];
  if (grantable.test(action)) {
    remedies.push({ what: `Make a grant for ${who}.`, command: createGrant(request), ...also });
  }
  if (usersMay.test(action) && principal.accountId === request.resourceAccount) {
    remedies.push({
      what: `Add ${who} under "Key users" of the key in the console. It may then encrypt and decrypt with the key, and call KMS itself.`,
      ...also,
    });
  }
  return remedies;
}

/** Whom a key policy or a grant is to name: the role rather than one of its sessions. */
function namedBy({ principal }: AccessRequest): string {
  if (principal.kind === 'service') return principal.service;
  return principal.kind === 'role-session' ? principal.roleArn : principal.arn;
}

/**
 * What has to be there beside the key's own consent: the own side of somebody from another account, and the limits of
 * a role's session. A user of the key's account who is named needs nothing else.
 */
function besides(request: AccessRequest, policies: Policies): Pick<Remedy, 'also'> {
  const { principal, resourceAccount } = request;
  if (principal.kind === 'service' || principal.kind === 'root') return {};
  const isForeign = principal.accountId !== resourceAccount;
  if (!isForeign && principal.kind !== 'role-session') return {};
  const lacksOwn = isForeign && !policies.identity.some((policy) => allows(policy, request));
  const own = lacksOwn ? identityRemedies(policies.identity, request).slice(-1) : [];
  const also = [...own, ...lackingLimits(request, policies).map(({ remedy }) => remedy)];
  return also.length > 0 ? { also } : {};
}

/** The grant holds for the request's encryption context only, where it has one. */
function createGrant(request: AccessRequest): string {
  const { action, resource, context } = request;
  const prefix = 'kms:EncryptionContext:';
  const pairs = Object.entries(context).filter(
    ([key, value]) => key.startsWith(prefix) && typeof value === 'string',
  );
  const subset = Object.fromEntries(pairs.map(([key, value]) => [key.slice(prefix.length), value]));
  const constraints = quoted(JSON.stringify({ EncryptionContextSubset: subset }));
  return [
    `aws kms create-grant --key-id ${quoted(resource)} --grantee-principal ${quoted(namedBy(request))}`,
    `--operations ${action.slice(action.indexOf(':') + 1)}`,
    ...(pairs.length > 0 ? [`--constraints ${constraints}`] : []),
  ].join(' ');
}

/** A word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
