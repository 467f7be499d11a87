/** What a solution does on the learner's own machine, without AWS: the cryptography around data keys and signatures, and the clock. */
import { createCipheriv, createHash, createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { z } from 'zod';

const bytes = z.union([z.instanceof(Uint8Array), z.string()]).transform((value) => Buffer.from(value));

type Answer = Record<string, Uint8Array | string>;

/** One thing that is done locally. */
interface LocalOperation {
  /** Members of its input, all of them required. */
  readonly takes: readonly string[];
  /** Members of its answer. */
  readonly gives: readonly string[];
  /** @throws ZodError for an input that does not fit */
  readonly run: (input: unknown) => Answer;
}

function operation<Shape extends z.ZodRawShape, Given extends string>(
  shape: Shape,
  gives: readonly Given[],
  act: (input: z.output<z.ZodObject<Shape, z.core.$strict>>) => Record<Given, Uint8Array | string>,
): LocalOperation {
  const schema = z.strictObject(shape);
  return { takes: Object.keys(shape), gives, run: (input) => act(schema.parse(input)) };
}

/** By name, as `local.RandomBytes` in a proof. Inputs are bytes, or text that stands for its UTF-8 bytes. */
export const localOperations: Readonly<Record<string, LocalOperation>> = {
  RandomBytes: operation({ Count: z.int().min(1).max(1024) }, ['Bytes'], ({ Count }) => ({
    Bytes: randomBytes(Count),
  })),
  Split: operation({ Bytes: bytes, At: z.int().min(0) }, ['First', 'Rest'], ({ Bytes, At }) => ({
    First: Bytes.subarray(0, At),
    Rest: Bytes.subarray(At),
  })),
  Join: operation({ Parts: z.array(bytes) }, ['Bytes'], ({ Parts }) => ({ Bytes: Buffer.concat(Parts) })),
  Repeat: operation(
    { Text: z.string(), Times: z.int().min(1).max(10_000) },
    ['Bytes'],
    ({ Text, Times }) => ({ Bytes: Buffer.from(Text.repeat(Times)) }),
  ),
  /** The text in capitals. */
  UpperCase: operation({ Text: z.string() }, ['Bytes'], ({ Text }) => ({
    Bytes: Buffer.from(Text.toUpperCase()),
  })),
  /** As `openssl dgst -sha256 -binary`. */
  Sha256: operation({ Bytes: bytes }, ['Digest'], ({ Bytes }) => ({
    Digest: createHash('sha256').update(Bytes).digest(),
  })),
  /** From DER, as `openssl pkey -pubin -inform DER`. */
  PublicKeyAsPem: operation({ PublicKey: bytes }, ['Pem'], ({ PublicKey }) => {
    const key = createPublicKey({ key: PublicKey, format: 'der', type: 'spki' });
    return { Pem: Buffer.from(key.export({ format: 'pem', type: 'spki' })) };
  }),
  /** Gives the bytes of the text. */
  Encode: operation({ Bytes: bytes, As: z.enum(['hex', 'base64']) }, ['Bytes'], ({ Bytes, As }) => ({
    Bytes: Buffer.from(Bytes.toString(As)),
  })),
  /** As `date +%s` in so many seconds from now, or as an ISO 8601 time in UTC. */
  Time: operation({ After: z.int(), As: z.enum(['seconds', 'iso']) }, ['Time'], ({ After, As }) => {
    const at = Math.floor(Date.now() / 1000) + After;
    return { Time: As === 'seconds' ? String(at) : new Date(at * 1000).toISOString() };
  }),
  /** As `openssl enc -aes-256-ctr`. */
  EncryptAesCtr: operation(
    { Key: bytes, Iv: bytes, Plaintext: bytes },
    ['Ciphertext'],
    ({ Key, Iv, Plaintext }) => {
      const cipher = createCipheriv('aes-256-ctr', Key, Iv);
      return { Ciphertext: Buffer.concat([cipher.update(Plaintext), cipher.final()]) };
    },
  ),
  /** As `openssl dgst -sha256 -mac HMAC` over the parts in a row. */
  HmacSha256: operation({ Key: bytes, Parts: z.array(bytes) }, ['Mac'], ({ Key, Parts }) => ({
    Mac: createHmac('sha256', Key).update(Buffer.concat(Parts)).digest(),
  })),
};

/** @throws Error for an operation that there is not, or an input that does not fit; its text holds no input */
export function doLocally(operation: string, input: unknown): Answer {
  const known = localOperations[operation];
  if (!known)
    throw new Error(
      `There is no local.${operation}; there are ${Object.keys(localOperations)
        .map((name) => `local.${name}`)
        .join(', ')}.`,
    );
  return known.run(input);
}
