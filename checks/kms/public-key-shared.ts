import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { attribute, itemCalls, itemParams, readItem } from '../signatures/signed-item.ts';
import { base64, bytesIn } from '../signatures/text-or-bytes.ts';
import { publicKeyCalls, readPublicKey } from './public-key.ts';

export const publicKeyShared = defineCheck({
  id: 'kms/public-key-shared',
  title: 'An item holds the public key, for verifying without KMS',
  calls: [...itemCalls, ...publicKeyCalls],
  params: z.strictObject({
    ...itemParams,
    attribute: z
      .string()
      .default('public_key')
      .describe('Name of the attribute: PEM, or DER as bytes or as base64 text.'),
    key: z.string().describe('ARN of the key whose public half it must be.'),
  }),
  outputs: z.object({ keySpec: z.string() }),
  async run({ params, account }) {
    const { id, attribute: name, table } = params;
    const [item, key] = await Promise.all([readItem(account, params), readPublicKey(account, params.key)]);
    const bytes = bytesIn(attribute(item, id, name));
    const where = `The attribute ${name} of item ${id}`;
    if (!bytes) throw new Failed(`${where} holds no text and no bytes.`);
    const { der, is } = publicKeyIn(bytes);
    if (!der) {
      throw new Failed(`${where} holds ${is}, and no public key.`, {
        expected: 'a public key as PEM, or as DER in base64',
        actual: is,
      });
    }
    if (!Buffer.from(der).equals(key.der)) {
      throw new Failed(`${where} is not the public half of this key.`, {
        expected: Buffer.from(key.der).toString('base64'),
        actual: Buffer.from(der).toString('base64').slice(0, 800),
      });
    }
    return {
      message: `Item ${id} of ${table} holds the public key (${key.keySpec}): whoever reads it can verify without KMS.`,
      outputs: { keySpec: key.keySpec },
    };
  },
});

/** The key as DER; where it is none, what it is instead. */
function publicKeyIn(bytes: Uint8Array): { der?: Uint8Array; is: string } {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const [, label, body] = /^-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*)-----END \1-----$/.exec(text) ?? [];
  if (label?.endsWith('PRIVATE KEY')) return { is: 'a private key' };
  if (label !== undefined && label !== 'PUBLIC KEY') return { is: `PEM of another kind (${label})` };
  const decoded = base64(body ?? text);
  if (decoded) return { der: decoded, is: 'a public key' };
  if (
    /^(?:arn:[\w-]+:kms:|alias\/)/.test(text) ||
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
  ) {
    return { is: 'the name of a key, which helps only those who may ask KMS' };
  }
  // DER begins with a SEQUENCE.
  return bytes[0] === 0x30 ? { der: bytes, is: 'a public key' } : { is: 'neither PEM nor base64 nor DER' };
}
