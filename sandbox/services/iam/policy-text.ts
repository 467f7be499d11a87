/** Taking policy documents in, and giving them out as IAM does. */

import { parsePolicy } from '../../../policy/parse-policy.ts';
import { PolicySyntaxError } from '../../../policy/syntax-error.ts';
import type { SandboxAccount } from '../../account.ts';
import type { PolicyText } from './entities.ts';
import { malformedPolicy } from './errors.ts';
import { malformedSentence } from './malformed-policy.ts';

/** Reads a policy for an identity. @throws AwsError MalformedPolicyDocument */
export function identityPolicy(text: string): PolicyText {
  const policy = parse(text, 'identity');
  // A document without a version counts as one of 2008, which IAM does not take any more.
  if (policy.document.Version !== '2012-10-17') {
    throw malformedPolicy('Policy document must be version 2012-10-17 or greater.');
  }
  return policy;
}

/**
 * Reads a role's trust policy.
 *
 * @throws AwsError MalformedPolicyDocument, also for a principal of an account of the sandbox that does not exist
 */
export function trustPolicy(text: string, account: SandboxAccount): PolicyText {
  const policy = parse(text, 'trust');
  for (const { Action = [], Principal } of policy.document.Statement) {
    if (Action.some((action) => !/^(sts:.*|\*)$/i.test(action))) {
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
    }
    const names = Principal === '*' ? [] : (Principal?.AWS ?? []);
    const unknown = names.find((name) => isMissing(name, account));
    if (unknown !== undefined) throw malformedPolicy(`Invalid principal in policy: "AWS":"${unknown}"`);
  }
  return policy;
}

/** Accounts that the sandbox does not have are taken at their word about who is in them. */
function isMissing(name: string, { accounts }: SandboxAccount): boolean {
  const accountId = /^arn:aws:iam::(\d{12}):/.exec(name)?.[1] ?? '';
  return accounts.find(accountId)?.iam.hasPrincipal(name) === false;
}

/** As answers carry documents: URL-encoded (RFC 3986). */
export function encodePolicy({ text }: PolicyText): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Characters that count towards IAM's size quotas: all but white space ("IAM and AWS STS quotas"). */
export function countedSize({ text }: PolicyText): number {
  return text.replace(/\s/g, '').length;
}

function parse(text: string, kind: 'identity' | 'trust'): PolicyText {
  try {
    return { text, document: parsePolicy(text, kind) };
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw malformedPolicy(malformedSentence(text, kind, error.message));
  }
}
