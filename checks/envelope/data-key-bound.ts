import { z } from 'zod';
import type { Account } from '../account.ts';
import { CallError } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { type DataKey, type DataKeyUse, decryptCalls, opensWith, withDataKey } from './decrypt-data-key.ts';
import { attributeWith, bytesIn } from './item-bytes.ts';
import { dataKeyBytes } from './open-envelope.ts';
import {
  contextInWords,
  contextParam,
  envelopeCalls,
  type Item,
  itemParams,
  readEnvelope,
  sameContext,
} from './read-envelope.ts';

export const dataKeyBound = defineCheck({
  id: 'envelope/data-key-bound',
  title: 'The data key is encrypted under the key, and opens with its encryption context alone',
  calls: [...envelopeCalls, ...decryptCalls],
  params: z.strictObject({
    ...itemParams,
    key: z.string().optional().describe('ARN of the KMS key; without it any key of the account will do.'),
    context: contextParam,
  }),
  outputs: z.object({ keyArn: z.string() }),
  async run({ params, account }) {
    const { id, key, context } = params;
    const { item, envelope } = await readEnvelope(account, params);
    const words = contextInWords(context);
    if (!sameContext(envelope.context, context)) {
      throw new Failed(
        `The encryption context that item ${id} names is ${contextInWords(envelope.context)}.`,
        { expected: words, actual: contextInWords(envelope.context) },
      );
    }
    const dataKey = { id, ciphertext: envelope.dataKey, context };
    const { keyArn, bytes, inPlainIn } = await withDataKey(account, dataKey, lookingBeside(item), async () =>
      whyClosed(account, dataKey),
    );
    if (key !== undefined && keyArn !== key) {
      throw new Failed(
        `The data key of item ${id} is encrypted under another key, ${keyArn.split('/').at(-1)}.`,
        {
          expected: key,
          actual: keyArn,
        },
      );
    }
    if (bytes !== dataKeyBytes) {
      throw new Failed(`The data key of item ${id} has ${bytes} bytes.`, {
        expected: `${dataKeyBytes} bytes`,
        actual: `${bytes} bytes`,
      });
    }
    if (inPlainIn !== '') {
      throw new Failed(
        `Item ${id} holds its data key in plain, in the attribute ${inPlainIn}: whoever reads the item needs no key of KMS.`,
        { expected: 'the encrypted data key only', actual: `the data key itself in ${inPlainIn}` },
      );
    }
    // A pair more, and not a pair less: whoever may decrypt with this context alone may ask this as well.
    if (await opensWith(account, envelope.dataKey, { ...context, 'labwright-asks-with': 'another context' }))
      throw new NotJudged(`KMS opened the data key of item ${id} with a context that is not its own.`);
    return {
      message: `KMS opens the data key of item ${id} under ${keyArn.split('/').at(-1)} with ${words}, and with one pair more it does not (InvalidCiphertextException).`,
      outputs: { keyArn },
    };
  },
});

interface Look {
  readonly keyArn: string;
  readonly bytes: number;
  /** The attribute that holds the data key in plain; empty where none does. */
  readonly inPlainIn: string;
}

/** Half a data key in plain is bad enough. */
function lookingBeside(item: Item): DataKeyUse<Item, Look> {
  return {
    name: 'look-at-data-key',
    given: item,
    make({ KeyId = '', Plaintext = new Uint8Array() }, given) {
      const beside = bytesIn(given);
      const halves = [Plaintext.subarray(0, 32), Plaintext.subarray(32)].filter((half) => half.length >= 16);
      const inPlainIn = halves.map((half) => attributeWith(half, beside)).find((one) => one !== undefined);
      return { keyArn: KeyId, bytes: Plaintext.length, inPlainIn: inPlainIn ?? '' };
    },
  };
}

async function whyClosed(
  account: Account<'kms:Decrypt'>,
  { id, ciphertext, context }: DataKey,
): Promise<Failed> {
  const expected = contextInWords(context);
  // Who may decrypt with the context alone is refused this, and the sentence stays the general one.
  const under = await keyWithoutContext(account, { id, ciphertext, context: {} });
  if (under === undefined)
    return new Failed(
      `KMS does not open the data key of item ${id} with the encryption context ${expected}.`,
      {
        expected,
        actual: 'InvalidCiphertextException: another context, or no data key of KMS',
      },
    );
  return new Failed(
    `The data key of item ${id} was made without an encryption context, under ${under.split('/').at(-1)}: GenerateDataKey gives it the one that is named with it, ReEncrypt the one that is named for the destination.`,
    { expected, actual: contextInWords({}) },
  );
}

/** ARN of the KMS key where the data key opens without a context. */
async function keyWithoutContext(
  account: Account<'kms:Decrypt'>,
  dataKey: DataKey,
): Promise<string | undefined> {
  try {
    return await withDataKey(account, dataKey, {
      name: 'which-key',
      given: null,
      make: ({ KeyId = '' }) => KeyId,
    });
  } catch (error) {
    if (error instanceof CallError || error instanceof Failed) return undefined;
    throw error;
  }
}
