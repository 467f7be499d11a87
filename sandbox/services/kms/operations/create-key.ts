import { randomUUID } from 'node:crypto';
import {
  CreateKey$,
  type CreateKeyRequest,
  type CreateKeyResponse,
  type KeySpec,
  type KeyUsageType,
} from '@aws-sdk/client-kms';
import { permission } from '../../../authorisation/permission.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import { type KeyTraits, tagConditions, traitConditions } from '../condition-keys.ts';
import { keyArn } from '../key-identifiers.ts';
import { createMaterial } from '../key-material.ts';
import { describeKeyMetadata } from '../key-metadata.ts';
import { acceptKeyPolicy, defaultPolicyText, keyPolicy } from '../key-policy.ts';
import { allowsUsage } from '../key-specs.ts';
import { storeOf } from '../keys.ts';
import type { KmsKey } from '../kms-key.ts';
import { addTags } from '../tags.ts';

/** There is no key yet to ask for permission on: identity policies decide, on `*`. */
export const createKey: Operation<CreateKeyRequest, CreateKeyResponse> = {
  schema: CreateKey$,
  permissions(call, input) {
    const traits = readTraits(call, input);
    const context = { ...traitConditions(traits), ...tagConditions(input.Tags) };
    const bypass = input.BypassPolicyLockoutSafetyCheck;
    const create = permission('kms:CreateKey', undefined, {
      context: {
        ...context,
        ...(bypass !== undefined && { 'kms:BypassPolicyLockoutSafetyCheck': String(bypass) }),
      },
    });
    if (!input.Tags?.length) return [create];
    // "To use this parameter, you must have kms:TagResource permission in an IAM policy" (SDK's model, CreateKey).
    // Inferred: the resource, the key that is going to be.
    const anyKey = { type: 'key', arn: keyArn(call.region, call.account.id, '*') };
    return [create, permission('kms:TagResource', anyKey, { context })];
  },
  async run(call, input) {
    const traits = readTraits(call, input);
    const key = newKey(call, input, traits);
    if (input.Policy !== undefined) {
      const bypass = input.BypassPolicyLockoutSafetyCheck ?? false;
      Object.assign(key, acceptKeyPolicy(call, key, input.Policy, bypass));
    }
    if (traits.origin === 'AWS_KMS') key.materials = [await createMaterial(traits.keySpec)];
    storeOf(call).addKey(key);
    return { KeyMetadata: describeKeyMetadata(key) };
  },
};

function newKey(call: Call, input: CreateKeyRequest, traits: KeyTraits): KmsKey {
  const { id: accountId } = call.account;
  const keyId = traits.multiRegion ? `mrk-${randomUUID().replaceAll('-', '')}` : randomUUID();
  return {
    ...traits,
    arn: keyArn(call.region, accountId, keyId),
    keyId,
    accountId,
    region: call.region,
    keyManager: 'CUSTOMER',
    creationDate: call.clock.now(),
    description: input.Description ?? '',
    state: traits.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    ...keyPolicy(defaultPolicyText(accountId)),
    grants: [],
    aliases: [],
    tags: addTags([], input.Tags ?? []),
    materials: [],
  };
}

/** What is asked for, defaults filled in. @throws AwsError ValidationException, CustomKeyStoreNotFoundException, ... */
function readTraits(call: Call, input: CreateKeyRequest): KeyTraits {
  const { KeySpec: spec, CustomerMasterKeySpec: oldSpec, Origin: origin = 'AWS_KMS' } = input;
  if (spec !== undefined && oldSpec !== undefined) {
    // Inferred: text.
    throw invalid('Specify either KeySpec or CustomerMasterKeySpec, not both.');
  }
  const keySpec: KeySpec = spec ?? oldSpec ?? 'SYMMETRIC_DEFAULT';
  const keyUsage = readUsage(keySpec, input.KeyUsage);
  checkOrigin(origin, input.CustomKeyStoreId);
  if (keySpec === 'SM2' && !call.region.startsWith('cn-')) {
    // China Regions only (description of KeySpec in the SDK's model). Inferred: text.
    throw new AwsError('UnsupportedOperationException', `KeySpec SM2 is not supported in ${call.region}.`);
  }
  return { keySpec, keyUsage, origin, multiRegion: input.MultiRegion ?? false, accountId: call.account.id };
}

/** First text recorded by LocalStack's test suite on AWS, the second as local-kms gives it. */
function readUsage(keySpec: KeySpec, keyUsage: KeyUsageType | undefined): KeyUsageType {
  if (keyUsage === undefined) {
    if (keySpec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  if (!allowsUsage(keySpec, keyUsage)) {
    throw invalid(`KeyUsage ${keyUsage} is not compatible with KeySpec ${keySpec}`);
  }
  return keyUsage;
}

/** The sandbox has no custom key stores, so none is found. Inferred: texts. */
function checkOrigin(origin: string, customKeyStoreId: string | undefined): void {
  const inKeyStore = origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
  if (customKeyStoreId !== undefined) {
    throw new AwsError(
      'CustomKeyStoreNotFoundException',
      `Custom key store ${customKeyStoreId} is not found.`,
    );
  }
  if (inKeyStore) throw invalid(`The origin ${origin} requires a CustomKeyStoreId.`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
