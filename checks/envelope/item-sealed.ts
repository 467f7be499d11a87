import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { attributeWithText, bytesIn } from './item-bytes.ts';
import { envelopeCalls, itemParams, readEnvelope } from './read-envelope.ts';

export const itemSealed = defineCheck({
  id: 'envelope/item-sealed',
  title: 'The item holds an envelope, and the text nowhere in plain',
  calls: envelopeCalls,
  params: z.strictObject({
    ...itemParams,
    text: z
      .string()
      .min(8)
      .describe('The text that must not be found in the item, in capitals or small letters.'),
  }),
  outputs: z.object({ name: z.string() }),
  async run({ params, account }) {
    const { id, table, text } = params;
    const { item, envelope } = await readEnvelope(account, params);
    const open = attributeWithText(text, bytesIn(item));
    if (open !== undefined) {
      throw new Failed(`Item ${id} holds the text itself, for everybody to read, in its attribute ${open}.`, {
        expected: 'ciphertext only',
        actual: `the text in ${open}`,
      });
    }
    return {
      message: `Item ${id} of ${table} holds ${envelope.ciphertext.length} bytes of ciphertext and an encrypted data key of ${envelope.dataKey.length} bytes, and the text nowhere.`,
      outputs: { name: id },
    };
  },
});
