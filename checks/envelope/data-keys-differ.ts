import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { hmacSha256, sameBytes } from './cryptography.ts';
import { type DataKeyUse, decryptCalls, withDataKey } from './decrypt-data-key.ts';
import { contextParam, type Envelope, envelopeCalls, itemParams, readEnvelope } from './read-envelope.ts';

export const dataKeysDiffer = defineCheck({
  id: 'envelope/data-keys-differ',
  title: 'Each item has a data key of its own',
  calls: [...envelopeCalls, ...decryptCalls],
  params: z.strictObject({
    table: itemParams.table,
    partitionKey: itemParams.partitionKey,
    items: z
      .array(z.strictObject({ id: itemParams.id, context: contextParam }))
      .min(2)
      .describe('The items, each with the encryption context of its data key.'),
  }),
  async run({ params, account }) {
    const { table, partitionKey, items } = params;
    const sealed = await Promise.all(
      items.map(async ({ id, context }) => {
        const { envelope } = await readEnvelope(account, { table, id, partitionKey });
        return { id, context, envelope };
      }),
    );
    // One after the other, so that of several faults it is always the same that is told.
    for (const { id, context, envelope } of sealed) {
      const others = sealed.filter((one) => one.id !== id);
      const twin = await withDataKey(
        account,
        { id, ciphertext: envelope.dataKey, context },
        trying(others.map((other) => macked(other.id, other.envelope))),
      );
      if (twin === '') continue;
      const pair = [id, twin].sort().join(' and ');
      throw new Failed(`The items ${pair} share one data key: who is given the one can read both.`, {
        expected: 'a data key for each item',
        actual: 'the same data key',
      });
    }
    return {
      message: `The items ${items.map(({ id }) => id).join(', ')} have a data key each: none fits another's mac.`,
    };
  },
});

type Macked = Pick<Envelope, 'ciphertext' | 'iv' | 'mac'> & { readonly id: string };

function macked(id: string, { ciphertext, iv, mac }: Envelope): Macked {
  return { id, ciphertext, iv, mac };
}

/** Tries a data key on the codes of other items, so that no two keys have to be held side by side. Gives the id that it fits. */
function trying(others: readonly Macked[]): DataKeyUse<readonly Macked[], string> {
  return {
    name: 'try-data-key-on-others',
    given: others,
    async make({ Plaintext = new Uint8Array() }, given) {
      const key = Plaintext.subarray(32);
      if (key.length === 0) return '';
      for (const { id, ciphertext, iv, mac } of given) {
        if (sameBytes(await hmacSha256(key, [iv, ciphertext]), mac)) return id;
      }
      return '';
    },
  };
}
