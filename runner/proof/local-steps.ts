/** What a solution does on the learner's own machine, without AWS: the cryptography around data keys and signatures. */
import { createCipheriv, createHash, createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { z } from 'zod';

const bytes = z.union([z.instanceof(Uint8Array), z.string()]).transform((value) => Buffer.from(value));

/** By name, as `local.RandomBytes` in a proof. Inputs are bytes, or text that stands for its UTF-8 bytes. */
const operations: Readonly<Record<string, (input: unknown) => Record<string, Uint8Array>>> = {
  /** `{ Count }` -> `{ Bytes }` */
  RandomBytes(input) {
    const { Count } = z.strictObject({ Count: z.int().min(1).max(1024) }).parse(input);
    return { Bytes: randomBytes(Count) };
  },
  /** `{ Bytes, At }` -> `{ First, Rest }` */
  Split(input) {
    const { Bytes, At } = z.strictObject({ Bytes: bytes, At: z.int().min(0) }).parse(input);
    return { First: Bytes.subarray(0, At), Rest: Bytes.subarray(At) };
  },
  /** `{ Parts }` -> `{ Bytes }` */
  Join(input) {
    const { Parts } = z.strictObject({ Parts: z.array(bytes) }).parse(input);
    return { Bytes: Buffer.concat(Parts) };
  },
  /** `{ Text, Times }` -> `{ Bytes }` */
  Repeat(input) {
    const { Text, Times } = z
      .strictObject({ Text: z.string(), Times: z.int().min(1).max(10_000) })
      .parse(input);
    return { Bytes: Buffer.from(Text.repeat(Times)) };
  },
  /** `{ Text }` -> `{ Bytes }`, the text in capitals */
  UpperCase(input) {
    const { Text } = z.strictObject({ Text: z.string() }).parse(input);
    return { Bytes: Buffer.from(Text.toUpperCase()) };
  },
  /** `{ Bytes }` -> `{ Digest }`, as `openssl dgst -sha256 -binary` */
  Sha256(input) {
    const { Bytes } = z.strictObject({ Bytes: bytes }).parse(input);
    return { Digest: createHash('sha256').update(Bytes).digest() };
  },
  /** `{ PublicKey }` in DER -> `{ Pem }`, as `openssl pkey -pubin -inform DER` */
  PublicKeyAsPem(input) {
    const { PublicKey } = z.strictObject({ PublicKey: bytes }).parse(input);
    const key = createPublicKey({ key: PublicKey, format: 'der', type: 'spki' });
    return { Pem: Buffer.from(key.export({ format: 'pem', type: 'spki' })) };
  },
  /** `{ Bytes, As: hex | base64 }` -> `{ Bytes }`, the text's */
  Encode(input) {
    const { Bytes, As } = z.strictObject({ Bytes: bytes, As: z.enum(['hex', 'base64']) }).parse(input);
    return { Bytes: Buffer.from(Bytes.toString(As)) };
  },
  /** `{ Key, Iv, Plaintext }` -> `{ Ciphertext }`, as `openssl enc -aes-256-ctr` */
  EncryptAesCtr(input) {
    const { Key, Iv, Plaintext } = z.strictObject({ Key: bytes, Iv: bytes, Plaintext: bytes }).parse(input);
    const cipher = createCipheriv('aes-256-ctr', Key, Iv);
    return { Ciphertext: Buffer.concat([cipher.update(Plaintext), cipher.final()]) };
  },
  /** `{ Key, Parts }` -> `{ Mac }`, as `openssl dgst -sha256 -mac HMAC` over the parts in a row */
  HmacSha256(input) {
    const { Key, Parts } = z.strictObject({ Key: bytes, Parts: z.array(bytes) }).parse(input);
    return { Mac: createHmac('sha256', Key).update(Buffer.concat(Parts)).digest() };
  },
};

/** @throws Error for an operation that there is not, or an input that does not fit; its text holds no input */
export function doLocally(operation: string, input: unknown): Record<string, Uint8Array> {
  const run = operations[operation];
  if (!run)
    throw new Error(
      `There is no local.${operation}; there are ${Object.keys(operations)
        .map((name) => `local.${name}`)
        .join(', ')}.`,
    );
  return run(input);
}
