/** Key policies: the default one, and what KMS demands of one that is put. */
import type { PolicyDocument } from '../../../policy/document.ts';
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import { evaluateKms } from '../../../policy/kms.ts';
import { parsePolicy } from '../../../policy/parse-policy.ts';
import { PolicySyntaxError } from '../../../policy/syntax-error.ts';
import { conditionContext } from '../../authorisation/condition-context.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { keyConditions } from './condition-keys.ts';
import type { KmsKey } from './kms-key.ts';
import { hasOnlyKnownPrincipals } from './policy-principals.ts';
import { writePolicyText } from './policy-text.ts';

/** "Key policy document size", page "Resource quotas" of the KMS developer guide. */
const maxPolicyBytes = 32 * 1024;

/** The policy of a key that is made without one. Page "Default key policy" of the KMS developer guide. */
export function defaultPolicyText(accountId: string): string {
  return writePolicyText({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/**
 * A key policy in the two forms that a key holds it in.
 *
 * Principals stay as they are written, also after their user or role is deleted, so one that is made again under
 * the same name is meant again. Inferred: AWS would turn the ARN into the unique id of the deleted one, as it does
 * in other resource policies.
 *
 * @throws PolicySyntaxError
 */
export function keyPolicy(text: string): { policy: NamedPolicy; policyText: string } {
  const document = parsePolicy(text, 'resource');
  return {
    policy: { name: 'key policy', document: withoutIdleStatements(document) },
    policyText: writePolicyText(JSON.parse(text)),
  };
}

/**
 * A statement without a Resource is accepted and has no effect (description of CreateKey's Policy in the SDK's
 * model).
 */
function withoutIdleStatements(document: PolicyDocument): PolicyDocument {
  return { ...document, Statement: document.Statement.filter((one) => one.Resource ?? one.NotResource) };
}

/**
 * Reads a policy that a caller wants to put on a key.
 *
 * @param key the key as it is, or as it is going to be made
 * @throws AwsError MalformedPolicyDocumentException, LimitExceededException
 */
export function acceptKeyPolicy(
  call: Call,
  key: KmsKey,
  text: string,
  bypassLockoutSafetyCheck: boolean,
): { policy: NamedPolicy; policyText: string } {
  if (Buffer.byteLength(text) > maxPolicyBytes) {
    // The code is AWS's (description of PutKeyPolicy's Policy in the SDK's model). Inferred: the text.
    throw new AwsError(
      'LimitExceededException',
      `The key policy is larger than the limit of ${maxPolicyBytes} bytes.`,
    );
  }
  const read = readPolicy(text);
  if (!hasOnlyKnownPrincipals(read.policy.document, call.account)) {
    throw malformed('Policy contains a statement with one or more invalid principals.');
  }
  if (!bypassLockoutSafetyCheck && !allowsPutKeyPolicy(call, key, read.policy)) {
    throw malformed('The new key policy will not allow you to update the key policy in the future.');
  }
  return read;
}

function readPolicy(text: string): { policy: NamedPolicy; policyText: string } {
  try {
    return keyPolicy(text);
  } catch (error) {
    // AWS says nothing about what is wrong (aws/aws-sdk-ruby#1784).
    if (error instanceof PolicySyntaxError) throw malformed('');
    throw error;
  }
}

/**
 * The lock-out safety check: may the caller put another policy after this one? What counts is the key policy
 * ("Default key policy", prevent unmanageable keys), so identity policies are taken to allow everything.
 */
function allowsPutKeyPolicy(call: Call, key: KmsKey, policy: NamedPolicy): boolean {
  const request = {
    principal: call.credential.principal,
    action: 'kms:PutKeyPolicy',
    resource: key.arn,
    resourceAccount: key.accountId,
    context: { ...conditionContext(call), ...keyConditions(key) },
  };
  return (
    evaluateKms(request, { identity: [allowEverything], resource: policy, grants: [] }).effect === 'allowed'
  );
}

const allowEverything: NamedPolicy = {
  name: 'every identity policy',
  document: parsePolicy({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
};

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}
