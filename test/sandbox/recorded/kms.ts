import { type KeyMetadata, KMS } from '@aws-sdk/client-kms';
import { answer, type Replay, type Replayer } from './replay.ts';

async function key({ kms }: Replayer, input: Parameters<KMS['createKey']>[0] = {}): Promise<KeyMetadata> {
  const { KeyMetadata } = await kms.createKey(input);
  if (!KeyMetadata) throw new Error('no key');
  return KeyMetadata;
}

const unknownId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const Plaintext = Buffer.from('secret');

const rotation =
  (days: number): Replay =>
  async (replayer) => {
    const { KeyId } = await key(replayer);
    await replayer.kms.enableKeyRotation({ KeyId, RotationPeriodInDays: days });
    return { match_response: await answer(replayer.kms.getKeyRotationStatus({ KeyId })) };
  };

const rotateOnDemand =
  (automatic: boolean): Replay =>
  async (replayer) => {
    const { KeyId } = await key(replayer);
    if (automatic) await replayer.kms.enableKeyRotation({ KeyId });
    const rotated = await answer(replayer.kms.rotateKeyOnDemand({ KeyId }));
    replayer.settle();
    return {
      'rotate-on-demand-response': rotated,
      'rotation-status-response-after-rotation': await answer(replayer.kms.getKeyRotationStatus({ KeyId })),
    };
  };

const refusedRotation =
  (prepare: (replayer: Replayer) => Promise<string | undefined>): Replay =>
  async (replayer) => {
    const KeyId = await prepare(replayer);
    return { 'error-response': await answer(replayer.kms.rotateKeyOnDemand({ KeyId })) };
  };

/** By the recordings' names. */
export const kmsReplays: Record<string, Replay> = {
  test_create_alias: async (replayer) => {
    const { KeyId } = await key(replayer);
    return {
      create_alias: await answer(replayer.kms.createAlias({ AliasName: 'no-prefix', TargetKeyId: KeyId })),
    };
  },
  test_create_key: async (replayer) => {
    const { KeyId } = await key(replayer, { Description: 'test key 123' });
    return { 'describe-key': (await replayer.kms.describeKey({ KeyId })).KeyMetadata };
  },
  test_describe_with_alias_arn: async (replayer) => {
    const created = await key(replayer, { Description: 'test - description' });
    await replayer.kms.createAlias({ AliasName: 'alias/described', TargetKeyId: created.KeyId });
    const arn = `arn:aws:kms:us-east-1:${replayer.sandbox.account.id}:alias/described`;
    return {
      'created-key': created,
      'describe-key': await answer(replayer.kms.describeKey({ KeyId: arn })),
    };
  },
  test_get_key_does_not_exist: async ({ kms, sandbox }) => {
    const arn = `arn:aws:kms:us-east-1:${sandbox.account.id}:key/${unknownId}`;
    const describe = (KeyId: string) => answer(kms.describeKey({ KeyId }));
    return {
      'describe-nonexistent-key-with-id': await describe(unknownId),
      'describe-nonexistent-with-arn': await describe(arn),
      'describe-key-with-valid-id-mrk': await describe('mrk-1234abcd12ab34cd56ef1234567890ab'),
    };
  },
  test_get_key_in_different_region: async (replayer) => {
    const there = new KMS(replayer.config('eu-west-1'));
    const { KeyMetadata: { KeyId = '', Arn = '' } = {} } = await there.createKey({
      Description: 'test key 123',
    });
    return {
      'describe-key-diff-region-with-id': await answer(replayer.kms.describeKey({ KeyId })),
      'describe-key-diff-region-with-arn': await answer(replayer.kms.describeKey({ KeyId: Arn })),
      'describe-key-same-specific-region-with-id': await answer(there.describeKey({ KeyId })),
      'describe-key-same-specific-region-with-arn': await answer(there.describeKey({ KeyId: Arn })),
    };
  },
  test_get_key_invalid_uuid: async ({ kms }) => ({
    'describe-key-with-invalid-uuid': await answer(kms.describeKey({ KeyId: 'fake-key-id' })),
    'describe-key-with-invalid-uuid-2': await answer(
      kms.describeKey({ KeyId: '134f2428cec14b25a1ae9048164dba47' }),
    ),
    'describe-key-with-invalid-uuid-mrk': await answer(kms.describeKey({ KeyId: 'mrk-fake-key-id' })),
  }),
  test_encrypt_decrypt_encryption_context: async (replayer) => {
    const { kms } = replayer;
    const { KeyId } = await key(replayer);
    const EncryptionContext = { a: 'b' };
    const encrypted = await kms.encrypt({ KeyId, Plaintext, EncryptionContext });
    const { CiphertextBlob } = encrypted;
    return {
      encrypt_response: await answer(kms.encrypt({ KeyId, Plaintext, EncryptionContext })),
      decrypt_response_with_encryption_context: await answer(
        kms.decrypt({ CiphertextBlob, EncryptionContext }),
      ),
      decrypt_response_without_encryption_context: await answer(kms.decrypt({ CiphertextBlob })),
      decrypt_response_with_invalid_ciphertext: await answer(
        kms.decrypt({ CiphertextBlob: Buffer.from('nonsense'), EncryptionContext }),
      ),
    };
  },
  test_encryption_context_generate_data_key: async (replayer) => {
    const { KeyId } = await key(replayer);
    const { CiphertextBlob } = await replayer.kms.generateDataKey({
      KeyId,
      KeySpec: 'AES_256',
      EncryptionContext: { a: 'b' },
    });
    return { 'decrypt-without-encryption-context': await answer(replayer.kms.decrypt({ CiphertextBlob })) };
  },
  test_error_messaging_for_invalid_keys: async (replayer) => {
    const { kms } = replayer;
    const symmetric = await key(replayer);
    const mac = await key(replayer, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const signing = await key(replayer, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const { CiphertextBlob } = await kms.encrypt({ KeyId: symmetric.KeyId, Plaintext });
    const other = await key(replayer);
    const SigningAlgorithm = 'ECDSA_SHA_256' as const;
    return {
      'generate-mac-invalid-key-id': await answer(
        kms.generateMac({ KeyId: symmetric.KeyId, Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' }),
      ),
      'sign-invalid-key-id': await answer(
        kms.sign({ KeyId: mac.KeyId, Message: Plaintext, SigningAlgorithm }),
      ),
      'verify-invalid-key-id': await answer(
        kms.verify({ KeyId: symmetric.KeyId, Message: Plaintext, Signature: Plaintext, SigningAlgorithm }),
      ),
      'encrypt-invalid-key-id': await answer(kms.encrypt({ KeyId: signing.KeyId, Plaintext })),
      'decrypt-invalid-key-id': await answer(kms.decrypt({ KeyId: other.KeyId, CiphertextBlob })),
    };
  },
  test_generate_data_key: async (replayer) => {
    const { KeyId } = await key(replayer);
    return {
      'generate-data-key-result': await answer(replayer.kms.generateDataKey({ KeyId, KeySpec: 'AES_256' })),
    };
  },
  test_plaintext_size_for_encrypt: async (replayer) => {
    const { KeyId } = await key(replayer);
    const call = replayer.kms.encrypt({ KeyId, Plaintext: Buffer.alloc(4097) });
    return { 'invalid-plaintext-size-encrypt': await answer(call) };
  },
  test_re_encrypt_incorrect_source_key: async (replayer) => {
    const source = await key(replayer);
    const other = await key(replayer);
    const { CiphertextBlob } = await replayer.kms.encrypt({ KeyId: source.KeyId, Plaintext });
    const call = replayer.kms.reEncrypt({
      CiphertextBlob,
      SourceKeyId: other.KeyId,
      DestinationKeyId: other.KeyId,
    });
    return { 'incorrect-source-key': await answer(call) };
  },
  test_hmac_create_key: async (replayer) => {
    const created = await key(replayer, {
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
      Description: 'test key',
    });
    const { KeyMetadata } = await replayer.kms.describeKey({ KeyId: created.KeyId });
    return { 'create-hmac-key': created, 'describe-key': KeyMetadata };
  },
  test_hmac_create_key_invalid_operations: async ({ kms }) => ({
    'create-hmac-key-without-key-usage': await answer(kms.createKey({ KeySpec: 'HMAC_256' })),
    'create-hmac-key-invalid-spec': await answer(
      kms.createKey({ KeySpec: 'HMAC_random' as never, KeyUsage: 'GENERATE_VERIFY_MAC' }),
    ),
    'create-hmac-key-invalid-key-usage': await answer(
      kms.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'RANDOM' as never }),
    ),
  }),
  'test_key_enable_rotation_status-90': rotation(90),
  'test_key_enable_rotation_status-180': rotation(180),
  test_key_rotations_limits: async (replayer) => {
    const { KeyId } = await key(replayer);
    for (let count = 0; count < 25; count++) {
      await replayer.kms.rotateKeyOnDemand({ KeyId });
      replayer.settle();
    }
    return { 'error-response': await answer(replayer.kms.rotateKeyOnDemand({ KeyId })) };
  },
  test_rotate_key_on_demand_with_symmetric_key_and_automatic_rotation_disabled: rotateOnDemand(false),
  test_rotate_key_on_demand_with_symmetric_key_and_automatic_rotation_enabled: rotateOnDemand(true),
  test_rotate_key_on_demand_raises_error_given_key_is_disabled: refusedRotation(async (replayer) => {
    const { KeyId } = await key(replayer);
    await replayer.kms.disableKey({ KeyId });
    return KeyId;
  }),
  test_rotate_key_on_demand_raises_error_given_key_that_does_not_exist: refusedRotation(
    async () => unknownId,
  ),
  test_rotate_key_on_demand_raises_error_given_non_symmetric_key: refusedRotation(async (replayer) => {
    return (await key(replayer, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })).KeyId;
  }),
  test_rotate_key_on_demand_raises_error_given_key_with_imported_key_material: refusedRotation(
    async (replayer) => (await key(replayer, { Origin: 'EXTERNAL' })).KeyId,
  ),
  test_create_multi_region_key: async (replayer) => ({
    create_multi_region_key: await key(replayer, { MultiRegion: true, Description: 'test multi region key' }),
  }),
  test_tag_existing_key_and_untag: async (replayer) => {
    const { KeyId } = await key(replayer);
    const TagKeys = ['tag1', 'tag2'];
    await replayer.kms.tagResource({
      KeyId,
      Tags: TagKeys.map((TagKey, index) => ({ TagKey, TagValue: `value${index + 1}` })),
    });
    const before = (await replayer.kms.listResourceTags({ KeyId })).Tags;
    await replayer.kms.untagResource({ KeyId, TagKeys });
    return {
      'list-resource-tags': before,
      'list-resource-tags-after-all-untagged': (await replayer.kms.listResourceTags({ KeyId })).Tags,
    };
  },
  test_tag_key_with_duplicate_tag_keys_raises_error: async (replayer) => {
    const { KeyId } = await key(replayer);
    const Tags = ['one', 'two'].map((TagValue) => ({ TagKey: 'same', TagValue }));
    return { 'duplicate-tag-keys': await answer(replayer.kms.tagResource({ KeyId, Tags })) };
  },
};
