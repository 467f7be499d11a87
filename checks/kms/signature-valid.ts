import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { signedInstead } from '../signatures/signed-instead.ts';
import { itemCalls, itemParams, readItem, signedIn } from '../signatures/signed-item.ts';
import { publicKeyCalls, readPublicKey } from './public-key.ts';
import { isSignatureBy } from './signature-of-item.ts';

/**
 * Verifies on this machine, with nothing but the public key: that is what a signature is for. The private half stays in KMS
 * ("Asymmetric keys in AWS KMS", KMS developer guide), so that a valid signature was made by KMS with that key.
 */
export const signatureValid = defineCheck({
  id: 'kms/signature-valid',
  title: 'An item holds a message and its signature by the key',
  calls: [...itemCalls, ...publicKeyCalls],
  params: z.strictObject({
    ...itemParams,
    key: z.string().describe('ARN of the key that must have signed.'),
    longerThan: z
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('The message must have more bytes than this. KMS signs up to 4096 itself.'),
  }),
  outputs: z.object({ message: z.string(), bytes: z.number() }),
  async run({ params, account }) {
    const { table, id, longerThan } = params;
    const [item, key] = await Promise.all([readItem(account, params), readPublicKey(account, params.key)]);
    const signed = signedIn(item, id);
    const bytes = signed.message.length;
    if (bytes <= longerThan) {
      throw new Failed(`The message of item ${id} has ${bytes} bytes.`, {
        expected: `more than ${longerThan} bytes`,
        actual: `${bytes} bytes`,
      });
    }
    if (!(await isSignatureBy(key, signed, id))) {
      const instead = await signedInstead(key, signed);
      throw new Failed(
        instead
          ? `The signature in item ${id} is not of its message, but of ${instead}.`
          : `The signature in item ${id} is not one of its message by this key.`,
        { expected: 'a valid signature', actual: instead ? `a signature of ${instead}` : 'not valid' },
      );
    }
    return {
      message: `The signature in item ${id} of ${table} is valid: the key signed its message of ${bytes} bytes (${signed.algorithm}, verified without KMS).`,
      outputs: { message: Buffer.from(signed.message).toString('utf8').slice(0, 200), bytes },
    };
  },
});
