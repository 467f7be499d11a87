/** Automatic rotation of key material, by the page "Rotating AWS KMS keys" of the KMS developer guide. */
import { createSymmetricMaterial } from './key-material.ts';
import type { KmsKey } from './kms-key.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Turns automatic rotation on, or changes its period; the first rotation is one period from now. */
export function startRotation(key: KmsKey, periodInDays: number, now: Date): void {
  key.rotation = { periodInDays, nextDate: addDays(now, periodInDays) };
}

/** Carries out every rotation that has come due. Keys that are not enabled wait. */
export function rotateWhenDue(key: KmsKey, now: Date): void {
  while (key.state === 'Enabled' && key.rotation && key.rotation.nextDate <= now) {
    rotate(key, key.rotation.nextDate);
  }
}

/** A key that missed a rotation while it was disabled rotates once, when it is enabled again. */
export function rotateAfterEnabling(key: KmsKey, now: Date): void {
  if (key.rotation && key.rotation.nextDate <= now) rotate(key, now);
}

function rotate(key: KmsKey, at: Date): void {
  if (!key.rotation) return;
  key.materials = [...key.materials, createSymmetricMaterial()];
  key.rotation = { ...key.rotation, nextDate: addDays(at, key.rotation.periodInDays) };
}

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs);
}
