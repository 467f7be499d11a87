import type { Attempt } from './attempt.ts';
import { describedMembers } from './described-members.ts';
import type { JsonObject } from './event.ts';

/** What KMS fills in before it keeps the record, as the examples of the KMS developer guide show. */
const kmsDefaults: Readonly<Record<string, JsonObject>> = {
  CreateKey: {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    description: '',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
    origin: 'AWS_KMS',
  },
  Decrypt: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
  Encrypt: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
  PutKeyPolicy: { bypassPolicyLockoutSafetyCheck: false, policyName: 'default' },
};

/** @returns null for a call without parameters */
export function requestParameters({ service, operation, input }: Attempt): JsonObject | null {
  const given = describedMembers(operation.schema[4], input);
  const defaults = service === 'kms' ? kmsDefaults[operation.schema[2]] : undefined;
  if (!defaults) return given;
  if (!('keySpec' in defaults)) return { ...defaults, ...given };
  // The two names of the key spec always have the same value.
  const spec = given?.keySpec ?? given?.customerMasterKeySpec ?? defaults.keySpec;
  return { ...defaults, ...given, keySpec: spec, customerMasterKeySpec: spec };
}
