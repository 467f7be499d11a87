/** What KMS asks of the members of its requests. Lengths, ranges, patterns and values: KMS API reference. */
import {
  CustomerMasterKeySpec,
  DataKeyPairSpec,
  DataKeySpec,
  DryRunModifierType,
  EncryptionAlgorithmSpec,
  GrantOperation,
  IncludeKeyMaterial,
  KeyAgreementAlgorithmSpec,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  MessageType,
  OriginType,
  SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import type { Constraint, Constraints } from '../../protocol/constraints.ts';

const keyId: Constraint = { length: [1, 2048] };
const name: Constraint = { length: [1, 256], pattern: '^[a-zA-Z0-9:/_-]+$' };
const principal: Constraint = { length: [1, 256], pattern: String.raw`^[\w+=,.@:/-]+$` };
const tagKey: Constraint = { length: [1, 128] };
const grantToken: Constraint = { length: [1, 8192] };
const encryptionAlgorithm = oneOf(EncryptionAlgorithmSpec);
const dataKeySpec = oneOf(DataKeySpec);

export const kmsConstraints: Constraints = {
  AliasName: name,
  CiphertextBlob: { length: [1, 6144] },
  CustomKeyStoreId: { length: [1, 64] },
  CustomerMasterKeySpec: oneOf(CustomerMasterKeySpec),
  Description: { length: [0, 8192] },
  DestinationEncryptionAlgorithm: encryptionAlgorithm,
  DestinationKeyId: keyId,
  DryRunModifiers: { items: oneOf(DryRunModifierType) },
  EncryptionAlgorithm: encryptionAlgorithm,
  GrantId: { length: [1, 128] },
  GrantToken: grantToken,
  GrantTokens: { length: [0, 10], items: grantToken },
  GranteePrincipal: principal,
  IncludeKeyMaterial: oneOf(IncludeKeyMaterial),
  KeyAgreementAlgorithm: oneOf(KeyAgreementAlgorithmSpec),
  KeyId: keyId,
  KeyPairSpec: oneOf(DataKeyPairSpec),
  KeySpec: oneOf(KeySpec),
  'GenerateDataKeyRequest.KeySpec': dataKeySpec,
  'GenerateDataKeyWithoutPlaintextRequest.KeySpec': dataKeySpec,
  KeyUsage: oneOf(KeyUsageType),
  Limit: { range: [1, 1000] },
  Mac: { length: [1, 6144] },
  MacAlgorithm: oneOf(MacAlgorithmSpec),
  Marker: { length: [1, 1024], pattern: String.raw`[\u0020-\u00FF]*` },
  Message: { length: [1, 4096] },
  MessageType: oneOf(MessageType),
  Name: name,
  NumberOfBytes: { range: [1, 1024] },
  Operations: { items: oneOf(GrantOperation) },
  Origin: oneOf(OriginType),
  PendingWindowInDays: { range: [1, 365] },
  Plaintext: { length: [1, 4096] },
  Policy: { length: [1, 131_072], pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` },
  PolicyName: { length: [1, 128], pattern: String.raw`[\w]+` },
  PublicKey: { length: [1, 8192] },
  RetiringPrincipal: principal,
  RotationPeriodInDays: { range: [90, 2560] },
  Signature: { length: [1, 6144] },
  SigningAlgorithm: oneOf(SigningAlgorithmSpec),
  SourceEncryptionAlgorithm: encryptionAlgorithm,
  SourceKeyId: keyId,
  TagKeys: { items: tagKey },
  'Tag.TagKey': tagKey,
  'Tag.TagValue': { length: [0, 256] },
  TargetKeyId: keyId,
};

function oneOf(values: Readonly<Record<string, string>>): Constraint {
  return { values: Object.values(values) };
}
