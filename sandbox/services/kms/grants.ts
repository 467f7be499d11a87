/** Grants of a key: making, describing and ending them. */
import { randomBytes } from 'node:crypto';
import type { GrantListEntry, GrantOperation } from '@aws-sdk/client-kms';
import type { KeyGrant } from '../../../policy/kms.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../timing/clock.ts';
import { keepFormer } from '../../timing/former.ts';
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

/** Adds a grant, which counts after the delay: until then only for requests that carry its token. */
export function addGrant(key: KmsKey, spec: GrantSpec, clock: Clock): KmsGrant {
  const grantId = randomBytes(32).toString('hex');
  const grant: KmsGrant = { ...spec, grantId, creationDate: clock.now() };
  setGrants(key, [...key.grants, grant], clock);
  return grant;
}

/**
 * A grant that a service makes for itself when a customer gives it a key. The service has asked for
 * kms:CreateGrant in the customer's name before.
 */
export function createServiceGrant(key: KmsKey, spec: GrantSpec, clock: Clock): KmsGrant {
  return addGrant(key, spec, clock);
}

/** Ends a service's grant; nothing happens if it is not there any more. */
export function retireServiceGrant(key: KmsKey, grantId: string, clock: Clock): void {
  removeGrant(key, grantId, clock);
}

/** Ends a grant, which counts until the delay is over; nothing happens if it is not there. */
export function removeGrant(key: KmsKey, grantId: string, clock: Clock): void {
  const remaining = key.grants.filter((grant) => grant.grantId !== grantId);
  if (remaining.length < key.grants.length) setGrants(key, remaining, clock);
}

function setGrants(key: KmsKey, grants: KmsGrant[], clock: Clock): void {
  key.formerGrants = keepFormer(key.formerGrants, key.grants, clock, clock.timing.grantsMs);
  key.grants = grants;
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
