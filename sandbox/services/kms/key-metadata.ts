import type { CustomerMasterKeySpec, KeyMetadata } from '@aws-sdk/client-kms';
import { algorithmLists } from './key-specs.ts';
import type { KmsKey } from './kms-key.ts';

/** A key as CreateKey and DescribeKey show it. Shapes recorded by LocalStack's test suite on AWS, November 2025. */
export function describeKeyMetadata(key: KmsKey): KeyMetadata {
  const material = key.keySpec === 'SYMMETRIC_DEFAULT' ? key.materials.at(-1) : undefined;
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: key.creationDate,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.keyUsage,
    KeyState: key.state,
    ...(key.deletionDate && { DeletionDate: key.deletionDate }),
    Origin: key.origin,
    KeyManager: key.keyManager,
    // The deprecated name of KeySpec: always the same value, also where its own enumeration lacks it.
    CustomerMasterKeySpec: key.keySpec as CustomerMasterKeySpec,
    KeySpec: key.keySpec,
    ...algorithmLists(key.keySpec, key.keyUsage),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion && {
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY',
        PrimaryKey: { Arn: key.arn, Region: key.region },
        ReplicaKeys: [],
      },
    }),
    ...(material && { CurrentKeyMaterialId: material.id }),
  };
}
