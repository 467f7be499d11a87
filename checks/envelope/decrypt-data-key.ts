/** Asks KMS to decrypt data keys, without keeping any. */
import type { Account } from '../account.ts';
import { CallError, isAbsent } from '../call.ts';
import { Failed } from '../expect.ts';
import type { SecretUse } from '../secret-use.ts';
import { contextInWords, type EncryptionContext } from './read-envelope.ts';

/** The calls that these functions make. */
export const decryptCalls = ['kms:Decrypt'] as const;

type Decryptor = Account<(typeof decryptCalls)[number]>;
export type DataKeyUse<Given, Made> = SecretUse<'kms:Decrypt', Given, Made>;

export interface DataKey {
  /** Of the item, for sentences. */
  readonly id: string;
  readonly ciphertext: Uint8Array;
  readonly context: EncryptionContext;
}

/**
 * Whether a ciphertext was not encrypted with this context, or is none of KMS's: KMS says the same of both ("Decrypt",
 * KMS API reference).
 */
function doesNotOpen(error: unknown): boolean {
  return error instanceof CallError && error.code === 'InvalidCiphertextException';
}

/**
 * What `use` makes of a data key.
 *
 * @param unopened what is said where KMS does not open it with its context
 * @throws Failed where the data key does not open, or its KMS key cannot be used; CallError
 */
export async function withDataKey<Given, Made>(
  account: Decryptor,
  { id, ciphertext, context }: DataKey,
  use: DataKeyUse<Given, Made>,
  unopened: () => Promise<Failed> = async () =>
    new Failed(
      `KMS does not open the data key of item ${id} with the encryption context ${contextInWords(context)}.`,
    ),
): Promise<Made> {
  try {
    const input = { CiphertextBlob: ciphertext, EncryptionContext: { ...context } };
    return await account.useSecret('kms:Decrypt', input, use);
  } catch (error) {
    if (doesNotOpen(error)) throw await unopened();
    if (isUnusableKey(error)) {
      throw new Failed(
        `The KMS key that the data key of item ${id} is encrypted under cannot be used: ${error.message}`,
        {
          expected: 'an enabled key',
          actual: error.code,
        },
      );
    }
    throw error;
  }
}

/**
 * Whether KMS decrypts a data key with this context.
 *
 * @param KeyId ARN of the key; with it a refusal names the key, which it does not where KMS had to find it
 * @throws CallError for other errors than that of the context
 */
export async function opensWith(
  account: Decryptor,
  ciphertext: Uint8Array,
  context: EncryptionContext,
  KeyId?: string,
): Promise<boolean> {
  const input = {
    CiphertextBlob: ciphertext,
    EncryptionContext: { ...context },
    ...(KeyId !== undefined && { KeyId }),
  };
  try {
    return await account.useSecret('kms:Decrypt', input, {
      name: 'whether it opens',
      given: null,
      make: () => true,
    });
  } catch (error) {
    if (doesNotOpen(error)) return false;
    throw error;
  }
}

/** Disabled, or to be deleted: "Key states of AWS KMS keys", KMS developer guide. */
function isUnusableKey(error: unknown): error is CallError {
  return (
    error instanceof CallError &&
    (error.code === 'DisabledException' || error.code === 'KMSInvalidStateException' || isAbsent(error))
  );
}
