/** The public half of an asymmetric key, as KMS gives it to whoever may ask. */
import type { Account } from '../account.ts';
import { CallError } from '../call.ts';
import { Failed, found } from '../expect.ts';
import type { PublicKey } from '../signatures/verify-signature.ts';

/** The calls that {@link readPublicKey} makes. */
export const publicKeyCalls = ['kms:GetPublicKey'] as const;

export interface SigningKey extends PublicKey {
  readonly arn: string;
  /** The signing algorithms that go with it; empty for a key that does not sign. */
  readonly algorithms: readonly string[];
}

/** @throws Failed where there is no such key, or one without a public half; CallError */
export async function readPublicKey(
  account: Account<(typeof publicKeyCalls)[number]>,
  key: string,
): Promise<SigningKey> {
  try {
    const answer = await found(
      account.call('kms:GetPublicKey', { KeyId: key }),
      `There is no key ${key} in ${account.region}.`,
    );
    const { KeyId, PublicKey: der, KeySpec } = answer;
    if (!KeyId || !der || !KeySpec) throw new Error('GetPublicKey answered without a public key.');
    return { arn: KeyId, der, keySpec: KeySpec, algorithms: answer.SigningAlgorithms ?? [] };
  } catch (error) {
    // The code for a symmetric key ("GetPublicKey", KMS API reference).
    const isSymmetric = error instanceof CallError && error.code === 'UnsupportedOperationException';
    if (isSymmetric) throw new Failed(`The key ${key} is symmetric: it has no public half.`);
    throw error;
  }
}
