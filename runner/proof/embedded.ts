/** Values that a proof computes, where writing them out would say less: `{ $sha256: text }`. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const bytes = z.union([z.instanceof(Uint8Array), z.string()]).transform((value) => Buffer.from(value));

/** By name. Inputs are bytes, or text that stands for its UTF-8 bytes. */
const values: Readonly<Record<string, (input: unknown) => string | Uint8Array>> = {
  /** `{ text, times }` */
  $repeat(input) {
    const { text, times } = z
      .strictObject({ text: z.string(), times: z.int().min(1).max(10_000) })
      .parse(input);
    return text.repeat(times);
  },
  /** Texts, one after the other. */
  $join: (input) => z.array(z.string()).parse(input).join(''),
  /** The digest as bytes. */
  $sha256: (input) => createHash('sha256').update(bytes.parse(input)).digest(),
  /** Base64 text. */
  $base64: (input) => bytes.parse(input).toString('base64'),
  /** Hexadecimal text. */
  $hex: (input) => bytes.parse(input).toString('hex'),
  /** A public key in DER as PEM text. */
  $pem(input) {
    const lines =
      bytes
        .parse(input)
        .toString('base64')
        .match(/.{1,64}/g) ?? [];
    return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
  },
};

/** @returns undefined for a name that there is not @throws Error for an input that does not fit */
export function embedded(name: string, input: unknown): string | Uint8Array | undefined {
  return Object.hasOwn(values, name) ? values[name]?.(input) : undefined;
}
