/** The condition keys of KMS, as the page "AWS KMS condition keys" of the KMS developer guide gives them. */
import type {
  DataKeyPairSpec,
  EncryptionAlgorithmSpec,
  KeyAgreementAlgorithmSpec,
  KeySpec,
  KeyUsageType,
  MacAlgorithmSpec,
  MessageType,
  OriginType,
  SigningAlgorithmSpec,
  Tag,
} from '@aws-sdk/client-kms';
import type { KeyGrant } from '../../../policy/kms.ts';
import type { ConditionContext } from '../../../policy/request.ts';
import { requestTagContext, tagContext } from '../../authorisation/tag-context.ts';
import { aliasIn } from './key-identifiers.ts';
import type { KmsKey } from './kms-key.ts';

/** What CreateKey asks for and what a key is, by the same condition keys. */
export interface KeyTraits {
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsageType;
  readonly origin: OriginType;
  readonly multiRegion: boolean;
  /** Of the caller. */
  readonly accountId: string;
}

export function traitConditions(traits: KeyTraits): ConditionContext {
  return {
    'kms:CallerAccount': traits.accountId,
    'kms:KeySpec': traits.keySpec,
    'kms:KeyUsage': traits.keyUsage,
    'kms:KeyOrigin': traits.origin,
    'kms:MultiRegion': String(traits.multiRegion),
    ...(traits.multiRegion && { 'kms:MultiRegionKeyType': 'PRIMARY' }),
    // Deprecated names that AWS still supports.
    'kms:CustomerMasterKeySpec': traits.keySpec,
    'kms:CustomerMasterKeyUsage': traits.keyUsage,
  };
}

/** Condition keys of every operation on a key. For a caller of another account, authorising puts its own account in. */
export function keyConditions(key: KmsKey): ConditionContext {
  return {
    ...traitConditions(key),
    ...(key.aliases.length > 0 && { 'kms:ResourceAliases': key.aliases.map((alias) => alias.name) }),
    ...tagContext('aws:ResourceTag', entriesOf(key.tags)),
  };
}

/** `kms:RequestAlias`, where the request names its key by an alias: cryptographic operations, DescribeKey, GetPublicKey. */
export function requestAlias(identifier: string | undefined): ConditionContext {
  const alias = identifier === undefined ? undefined : aliasIn(identifier);
  return alias === undefined ? {} : { 'kms:RequestAlias': alias };
}

/** Condition keys of encrypting and decrypting, and of making data keys. */
export function cryptographicConditions(
  identifier: string | undefined,
  encryptionContext: Readonly<Record<string, string>> | undefined,
  algorithm: EncryptionAlgorithmSpec = 'SYMMETRIC_DEFAULT',
): ConditionContext {
  return {
    ...requestAlias(identifier),
    ...encryptionContextConditions(encryptionContext),
    'kms:EncryptionAlgorithm': algorithm,
  };
}

/** Condition keys of GenerateDataKeyPair, with plaintext or without. */
export function dataKeyPairConditions(
  identifier: string,
  encryptionContext: Readonly<Record<string, string>> | undefined,
  spec: DataKeyPairSpec,
): ConditionContext {
  return { ...cryptographicConditions(identifier, encryptionContext), 'kms:DataKeyPairSpec': spec };
}

/** Condition keys of Sign and Verify. Inferred: that the default message type counts as if it were given. */
export function signingConditions(
  identifier: string,
  algorithm: SigningAlgorithmSpec,
  messageType: MessageType = 'RAW',
): ConditionContext {
  return {
    ...requestAlias(identifier),
    'kms:SigningAlgorithm': algorithm,
    'kms:MessageType': messageType,
  };
}

/** Condition keys of GenerateMac and VerifyMac. */
export function macConditions(identifier: string, algorithm: MacAlgorithmSpec): ConditionContext {
  return { ...requestAlias(identifier), 'kms:MacAlgorithm': algorithm };
}

/** Condition keys of DeriveSharedSecret. */
export function keyAgreementConditions(
  identifier: string,
  algorithm: KeyAgreementAlgorithmSpec,
): ConditionContext {
  return { ...requestAlias(identifier), 'kms:KeyAgreementAlgorithm': algorithm };
}

/** `kms:EncryptionContext:<key>` for every pair, and `kms:EncryptionContextKeys`. */
function encryptionContextConditions(
  encryptionContext: Readonly<Record<string, string>> = {},
): ConditionContext {
  const pairs = Object.entries(encryptionContext);
  if (pairs.length === 0) return {};
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    'kms:EncryptionContextKeys': pairs.map(([key]) => key),
  };
}

/** Condition keys of the constraints that a grant has or is to have. They stand for an encryption context. */
export function grantConstraintConditions({
  encryptionContextEquals: equals,
  encryptionContextSubset: subset,
}: NonNullable<KeyGrant['constraints']> = {}): ConditionContext {
  if (!equals && !subset) return {};
  return {
    'kms:GrantConstraintType': equals ? 'EncryptionContextEquals' : 'EncryptionContextSubset',
    ...encryptionContextConditions({ ...subset, ...equals }),
  };
}

/** `aws:RequestTag/<key>` and `aws:TagKeys`. */
export function tagConditions(tags: readonly Tag[] = []): ConditionContext {
  return requestTagContext(entriesOf(tags));
}

function entriesOf(tags: readonly Tag[]): [key: string, value: string][] {
  return tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]);
}
