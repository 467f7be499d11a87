import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { itemCalls, itemParams, readItem, signedIn } from '../signatures/signed-item.ts';
import { publicKeyCalls, readPublicKey } from './public-key.ts';
import { isSignatureBy } from './signature-of-item.ts';

/** The original is the control: the very signature that is not valid here is valid there. */
export const signatureInvalid = defineCheck({
  id: 'kms/signature-invalid',
  title: 'A changed message under the signature of the original is seen through',
  calls: [...itemCalls, ...publicKeyCalls],
  params: z.strictObject({
    ...itemParams,
    original: z.string().describe('Value of the partition key of the item with the message that was signed.'),
    key: z.string().describe('ARN of the key that signed the original.'),
  }),
  async run({ params, account }) {
    const { id, original } = params;
    const [changedItem, originalItem, key] = await Promise.all([
      readItem(account, params),
      readItem(account, { ...params, id: original }),
      readPublicKey(account, params.key),
    ]);
    const changed = signedIn(changedItem, id);
    const genuine = signedIn(originalItem, original);
    if (!(await isSignatureBy(key, genuine, original))) {
      throw new Failed(`The signature in item ${original} is not valid itself, so that ${id} shows nothing.`);
    }
    if (Buffer.from(changed.message).equals(genuine.message)) {
      throw new Failed(`Item ${id} holds the same message as ${original}.`, {
        expected: 'a changed message',
        actual: 'the same message',
      });
    }
    if (await isSignatureBy(key, changed, id)) {
      throw new Failed(`The changed message of item ${id} was signed anew: its signature is valid.`, {
        expected: `the signature of ${original}`,
        actual: 'a valid signature of the changed message',
      });
    }
    if (!Buffer.from(changed.signature).equals(genuine.signature)) {
      throw new Failed(`Item ${id} does not bear the signature of ${original}, but other bytes.`, {
        expected: `the signature of ${original}`,
        actual: 'other bytes',
      });
    }
    return {
      message: `The signature of ${original} is not valid for the changed message of item ${id}.`,
    };
  },
});
