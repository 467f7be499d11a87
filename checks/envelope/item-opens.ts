import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { decryptCalls, withDataKey } from './decrypt-data-key.ts';
import { dataKeyBytes, openEnvelope } from './open-envelope.ts';
import { contextParam, envelopeCalls, itemParams, readEnvelope } from './read-envelope.ts';

export const itemOpens = defineCheck({
  id: 'envelope/item-opens',
  title: 'The data key opens the item: its code is right, and the text comes out',
  calls: [...envelopeCalls, ...decryptCalls],
  params: z.strictObject({
    ...itemParams,
    context: contextParam,
    text: z.string().min(1).describe('The text that must come out.'),
    key: z
      .string()
      .optional()
      .describe('ARN of the KMS key that the data key must be encrypted under; without it any key will do.'),
  }),
  async run({ params, account }) {
    const { id, context, text } = params;
    const { envelope } = await readEnvelope(account, params);
    const { ciphertext, iv, mac } = envelope;
    const opened = await withDataKey(
      account,
      { id, ciphertext: envelope.dataKey, context },
      { name: 'open-envelope', given: { ciphertext, iv, mac, expected: text }, make: openEnvelope },
    );
    if (params.key !== undefined && opened.keyArn !== params.key) {
      throw new Failed(`The data key of item ${id} is encrypted under another key.`, {
        expected: params.key,
        actual: opened.keyArn,
      });
    }
    if (opened.keyBytes !== dataKeyBytes) {
      throw new Failed(`The data key of item ${id} has ${opened.keyBytes} bytes.`, {
        expected: `${dataKeyBytes} bytes`,
        actual: `${opened.keyBytes} bytes`,
      });
    }
    if (opened.text !== 'with the first half') throw closed(id, ciphertext, opened.text);
    if (opened.mac !== 'right') {
      const how =
        opened.mac === 'unknown'
          ? 'fits neither iv and ciphertext nor the data key'
          : `was made ${opened.mac}`;
      throw new Failed(`Item ${id} gives the text, but its mac ${how}.`, {
        expected: 'HMAC-SHA-256 with the last half of the data key, over iv and then ciphertext',
        actual: opened.mac,
      });
    }
    return {
      message: `Decrypted here with its data key, item ${id} gives the text, and its mac shows that iv and ciphertext are as they were written.`,
    };
  },
});

function closed(id: string, ciphertext: Uint8Array, text: 'with the last half' | 'not at all'): Failed {
  const expected = 'the text, with the first half of the data key';
  if (text === 'with the last half')
    return new Failed(`Item ${id} was encrypted with the last half of its data key, not with the first.`, {
      expected,
      actual: 'the text, with the last half',
    });
  // What `openssl enc` writes first where it is given a passphrase instead of a key ("openssl-enc", OpenSSL manual).
  if (Buffer.from(ciphertext.subarray(0, 8)).toString('latin1') === 'Salted__')
    return new Failed(
      `Item ${id} was encrypted with a passphrase: its ciphertext begins with "Salted__", as OpenSSL writes it.`,
      { expected, actual: 'ciphertext under a key that OpenSSL derived from a passphrase' },
    );
  return new Failed(`With its data key, item ${id} does not give the text.`, {
    expected,
    actual: 'other bytes, or another text',
  });
}
