/** Grants of a key: making, describing and ending them. */
import { randomBytes } from 'node:crypto';
import type { GrantListEntry, GrantOperation } from '@aws-sdk/client-kms';
import type { KeyGrant } from '../../../policy/kms.ts';
import { AwsError } from '../../aws-error.ts';
import type { KmsGrant, KmsKey } from './kms-key.ts';

/** What a new grant is to say. */
export interface GrantSpec {
  /** ARN of an account, user, role or session; the name of a service for its own grants. */
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  /** `Decrypt`, `GenerateDataKey`, ... */
  readonly operations: readonly string[];
  readonly constraints?: KeyGrant['constraints'];
  /** `arn:aws:iam::<account>:root` */
  readonly issuingAccount: string;
  readonly name?: string;
}

/** Adds a grant. It is in force at once: the sandbox does not model the delay of a new grant. */
export function addGrant(key: KmsKey, spec: GrantSpec, now: Date): KmsGrant {
  const grant: KmsGrant = { ...spec, grantId: randomBytes(32).toString('hex'), creationDate: now };
  key.grants = [...key.grants, grant];
  return grant;
}

/**
 * A grant that a service makes for itself when a customer gives it a key. The service has asked for
 * kms:CreateGrant in the customer's name before.
 */
export function createServiceGrant(key: KmsKey, spec: GrantSpec, now: Date): KmsGrant {
  return addGrant(key, spec, now);
}

/** Ends a service's grant; nothing happens if it is not there any more. */
export function retireServiceGrant(key: KmsKey, grantId: string): void {
  removeGrant(key, grantId);
}

export function removeGrant(key: KmsKey, grantId: string): void {
  key.grants = key.grants.filter((grant) => grant.grantId !== grantId);
}

/** @throws AwsError NotFoundException (the code is the model's; inferred: the text) */
export function findGrant(key: KmsKey, grantId: string): KmsGrant {
  const grant = key.grants.find((one) => one.grantId === grantId);
  if (!grant) throw new AwsError('NotFoundException', `Grant ID ${grantId} not found`);
  return grant;
}

/** A grant as ListGrants shows it. Shape: the examples of the page "Creating grants", KMS developer guide. */
export function describeGrant(key: KmsKey, grant: KmsGrant): GrantListEntry {
  const { encryptionContextEquals, encryptionContextSubset } = grant.constraints ?? {};
  return {
    KeyId: key.arn,
    GrantId: grant.grantId,
    Name: grant.name ?? '',
    CreationDate: grant.creationDate,
    GranteePrincipal: grant.granteePrincipal,
    ...(grant.retiringPrincipal !== undefined && { RetiringPrincipal: grant.retiringPrincipal }),
    IssuingAccount: grant.issuingAccount,
    Operations: grant.operations as GrantOperation[],
    ...((encryptionContextEquals ?? encryptionContextSubset) && {
      Constraints: {
        ...(encryptionContextEquals && { EncryptionContextEquals: { ...encryptionContextEquals } }),
        ...(encryptionContextSubset && { EncryptionContextSubset: { ...encryptionContextSubset } }),
      },
    }),
  };
}
