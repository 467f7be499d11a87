/** Whether the signature in an item is one of its message by a key. */
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { type SignedBytes, verifySignature } from '../signatures/verify-signature.ts';
import type { SigningKey } from './public-key.ts';

/**
 * @param id of the item, for sentences
 * @throws Failed where the item names an algorithm that is not one of the key's; NotJudged where this machine cannot tell
 */
export async function isSignatureBy(key: SigningKey, signed: SignedBytes, id: string): Promise<boolean> {
  const { algorithm } = signed;
  if (!key.algorithms.includes(algorithm)) {
    throw new Failed(`Item ${id} names the algorithm "${algorithm}", with which the key does not sign.`, {
      expected: key.algorithms,
      actual: algorithm,
    });
  }
  const valid = await verifySignature(key, signed);
  if (valid !== undefined) return valid;
  throw new NotJudged(
    `Signatures of a key ${key.keySpec} with ${algorithm} cannot be verified on this machine.`,
    'Use a key of the spec that the lab names.',
  );
}
