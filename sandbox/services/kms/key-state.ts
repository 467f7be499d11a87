/**
 * Which operations a key's state permits. Errors and texts: the page "Key states of AWS KMS keys" of the KMS
 * developer guide, by the numbers of its footnotes.
 */
import { AwsError } from '../../aws-error.ts';
import type { KmsKey, SandboxKeyState } from './kms-key.ts';

/** Puts the key into a state. */
export function changeState(key: KmsKey, state: SandboxKeyState, now: Date): void {
  if ((key.state === 'Enabled') !== (state === 'Enabled')) key.enabledChangedAt = now.getTime();
  key.state = state;
}

/**
 * For cryptographic operations, and for changing rotation and making grants.
 *
 * @throws AwsError DisabledException [1], KMSInvalidStateException [3] [5]
 */
export function usableKey(key: KmsKey): void {
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingImport') throw invalidState(key, 'is pending import.');
  notPendingDeletion(key);
}

/** For changes of a key that may be disabled. @throws AwsError KMSInvalidStateException [3] */
export function notPendingDeletion(key: KmsKey): void {
  if (key.state === 'PendingDeletion') throw invalidState(key, 'is pending deletion.');
}

/** For EnableKey and DisableKey. @throws AwsError KMSInvalidStateException [3] [5] */
export function switchableKey(key: KmsKey): void {
  if (key.state === 'PendingImport') throw invalidState(key, 'is pending import.');
  notPendingDeletion(key);
}

/** For CancelKeyDeletion. @throws AwsError KMSInvalidStateException [4] */
export function pendingDeletion(key: KmsKey): void {
  if (key.state !== 'PendingDeletion') throw invalidState(key, 'is not pending deletion.');
}

function invalidState(key: KmsKey, what: string): AwsError {
  return new AwsError('KMSInvalidStateException', `${key.arn} ${what}`);
}
