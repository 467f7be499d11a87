/** Rotation of key material, by the page "Rotating AWS KMS keys" of the KMS developer guide. */
import type { RotationType } from '@aws-sdk/client-kms';
import { createSymmetricMaterial } from './key-material.ts';
import type { KmsKey } from './kms-key.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Turns automatic rotation on, or changes its period; the first rotation is one period from now. */
export function startRotation(key: KmsKey, periodInDays: number, now: Date): void {
  key.rotation = { periodInDays, nextDate: addDays(now, periodInDays) };
}

/**
 * Carries out every rotation that has come due. For automatic ones, keys that are not enabled wait. Inferred: that
 * a rotation on demand, once it has begun, does not.
 *
 * @returns whether there was one
 */
export function rotateWhenDue(key: KmsKey, now: Date): boolean {
  const { materials } = key;
  finishOnDemandRotation(key, now);
  while (key.state === 'Enabled' && key.rotation && key.rotation.nextDate <= now) {
    rotateAutomatically(key, key.rotation.nextDate);
  }
  return key.materials !== materials;
}

/** A key that missed a rotation while it was disabled rotates once, when it is enabled again. */
export function rotateAfterEnabling(key: KmsKey, now: Date): void {
  if (key.rotation && key.rotation.nextDate <= now) rotateAutomatically(key, now);
}

/** The schedule of automatic rotation stays as it is (KMS API reference, RotateKeyOnDemand). */
function finishOnDemandRotation(key: KmsKey, now: Date): void {
  const endsAt = key.onDemandRotation?.endsAt;
  if (endsAt === undefined || endsAt > now) return;
  key.onDemandRotation = undefined;
  addMaterial(key, 'ON_DEMAND', endsAt);
}

function rotateAutomatically(key: KmsKey, at: Date): void {
  if (!key.rotation) return;
  addMaterial(key, 'AUTOMATIC', at);
  key.rotation = { ...key.rotation, nextDate: addDays(at, key.rotation.periodInDays) };
}

function addMaterial(key: KmsKey, type: RotationType, date: Date): void {
  key.materials = [...key.materials, { ...createSymmetricMaterial(), rotation: { date, type } }];
}

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}
