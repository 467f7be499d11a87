/** What CreateGrant demands of a grant. */
import { isDeepStrictEqual } from 'node:util';
import type { CreateGrantRequest, GrantOperation, KeyUsageType } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { GrantSpec } from './grants.ts';
import { hasKeyPair } from './key-specs.ts';
import type { KmsGrant, KmsKey } from './kms-key.ts';
import { isKnownPrincipal } from './policy-principals.ts';
import type { RequiredMembers } from './required-members.ts';

/** Page "Grants in AWS KMS" of the KMS developer guide, grant constraints. */
const maxContextPairs = 8;
const maxContextValueLength = 384;

const anyKey: readonly GrantOperation[] = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
const keyPair: readonly GrantOperation[] = ['GetPublicKey'];

/** Beside those of any key, and of any key pair. Page "Grants in AWS KMS", grant operations. */
const operationsByUsage: Readonly<Record<KeyUsageType, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate'],
};
const dataKeys: readonly GrantOperation[] = [
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
];

type Input = RequiredMembers<CreateGrantRequest, 'KeyId' | 'Operations'>;

/**
 * @throws AwsError ValidationException; InvalidArnException for principals that are not there. Inferred: the texts,
 *   but for the one on encryption contexts, observed on AWS (aws-controllers-k8s/dynamodb-controller, DDB-TABLE-021)
 */
export function checkGrantRequest(call: Call, key: KmsKey, input: Input): void {
  if (input.GranteePrincipal === undefined) throw invalid('GranteePrincipal is required.');
  if (input.Operations.length === 0) throw invalid('Operations must name at least one operation.');
  const possible = grantOperations(key);
  const impossible = input.Operations.filter((operation) => !possible.includes(operation));
  if (impossible.length > 0) {
    throw invalid(`${key.arn} does not support the grant operations [${impossible.join(', ')}].`);
  }
  checkConstraints(key, input);
  for (const principal of [input.GranteePrincipal, input.RetiringPrincipal]) {
    if (principal === undefined) continue;
    if (principal.startsWith('arn:') && isKnownPrincipal(principal, call.account)) continue;
    throw new AwsError('InvalidArnException', `ARN does not refer to a valid principal: ${principal}`);
  }
}

function grantOperations(key: KmsKey): readonly GrantOperation[] {
  return [
    ...anyKey,
    ...operationsByUsage[key.keyUsage],
    ...(key.keySpec === 'SYMMETRIC_DEFAULT' ? dataKeys : []),
    ...(hasKeyPair(key.keySpec) ? keyPair : []),
  ];
}

function checkConstraints(key: KmsKey, { Constraints }: Input): void {
  if (Constraints === undefined) return;
  if (Constraints.SourceArn !== undefined) {
    throw invalid('The sandbox does not have CreateGrant with Constraints.SourceArn.');
  }
  for (const context of [Constraints.EncryptionContextEquals, Constraints.EncryptionContextSubset]) {
    if (context === undefined) continue;
    if (key.keySpec !== 'SYMMETRIC_DEFAULT') {
      throw invalid(
        'EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.',
      );
    }
    const values = Object.values(context);
    if (values.length > maxContextPairs) {
      throw invalid(`A grant constraint can include up to ${maxContextPairs} encryption context pairs.`);
    }
    if (values.some((value) => value.length > maxContextValueLength)) {
      throw invalid(
        `An encryption context value in a grant constraint cannot exceed ${maxContextValueLength} characters.`,
      );
    }
  }
}

export function grantSpec(call: Call, input: Input): GrantSpec {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = input.Constraints ?? {};
  return {
    granteePrincipal: input.GranteePrincipal ?? '',
    ...(input.RetiringPrincipal !== undefined && { retiringPrincipal: input.RetiringPrincipal }),
    operations: [...input.Operations],
    ...((equals ?? subset) && {
      constraints: {
        ...(equals && { encryptionContextEquals: { ...equals } }),
        ...(subset && { encryptionContextSubset: { ...subset } }),
      },
    }),
    issuingAccount: `arn:aws:iam::${call.credential.accountId}:root`,
    ...(input.Name !== undefined && { name: input.Name }),
  };
}

/** Whether a grant is what the specification asks for: a request that is sent again makes no second grant. */
export function sameGrant(
  { grantId: _id, creationDate: _date, ...grant }: KmsGrant,
  spec: GrantSpec,
): boolean {
  return isDeepStrictEqual(grant, spec);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
