/** A result with the instructor's signature on what it says, and its place in the chain of a grading run. */
import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { type Result, resultSchema } from '../result.ts';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';
import { parsePublicKey, publicKeyText } from './signing-key.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What is signed. Everything that a grade hangs on is named, and the result as a whole by its digest. */
const sealSchema = z.strictObject({
  /** Tells a grading run from all others. */
  run: z.string(),
  /** From 0, without a gap. */
  sequence: z.number().int().min(0),
  /** Digest of the sealed result before this one in the run; null for the first. */
  previous: digest.nullable(),
  /** Whose result it is, in the instructor's words (untrusted). */
  learner: z.string().optional(),
  lab: z.strictObject({ id: z.string(), digest }),
  account: z.strictObject({ id: z.string(), region: z.string(), kind: z.string() }),
  /** ARN of the principal that ran the checks. */
  principal: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  result: digest,
  /** SHA-256 of the recording's file, where one was kept. */
  recording: digest.optional(),
  sealedAt: z.string(),
  /** The public key. */
  key: z.string(),
});
type Seal = z.infer<typeof sealSchema>;

export const sealedResultSchema = z.strictObject({
  schema: z.literal('labwright/sealed-result/v1'),
  seal: sealSchema,
  /** Ed25519 over the seal: 64 bytes in base64, in the one spelling that they have. */
  signature: z.string().regex(/^[\w+/]{85}[AQgw]==$/),
  result: resultSchema,
});
export type SealedResult = z.infer<typeof sealedResultSchema>;

export interface SealOptions {
  /** Private. */
  readonly key: KeyObject;
  readonly result: Result;
  readonly run: string;
  /** The sealed result before this one in the run. */
  readonly after?: SealedResult;
  readonly learner?: string;
  readonly recording?: string;
}

export function sealResult({ key, result, run, after, learner, recording }: SealOptions): SealedResult {
  const { lab, account, startedAt, finishedAt } = result;
  const seal: Seal = {
    run,
    sequence: after === undefined ? 0 : after.seal.sequence + 1,
    previous: after === undefined ? null : linkOf(after),
    ...(learner !== undefined && { learner }),
    lab: { id: lab.id, digest: lab.digest },
    account: { id: account.id, region: account.region, kind: account.kind },
    principal: account.arn,
    startedAt,
    finishedAt,
    result: digestOf(result),
    ...(recording !== undefined && { recording }),
    sealedAt: new Date().toISOString(),
    key: publicKeyText(key),
  };
  const signature = sign(null, signedBytes(seal), key).toString('base64');
  return { schema: 'labwright/sealed-result/v1', seal, signature, result };
}

/** Whether the signature is of the key that the seal names. */
export function isSigned({ seal, signature }: SealedResult): boolean {
  const key = parsePublicKey(seal.key);
  return key !== undefined && verify(null, signedBytes(seal), key, Buffer.from(signature, 'base64'));
}

/** Digest by which the next one of the run names this one: of all that is signed, and of the signature. */
export function linkOf({ seal, signature }: SealedResult): string {
  return digestOf({ seal, signature });
}

/** Names what is signed, so that no other thing signed with the key passes for a seal. */
function signedBytes(seal: Seal): Buffer {
  return Buffer.from(`labwright/sealed-result/v1\n${canonicalJson(seal)}`);
}

/** What a seal says otherwise than its result: each as a word of the seal. */
export function edited({ seal, result }: SealedResult, raw: unknown = result): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['lab', seal.lab, { id: result.lab.id, digest: result.lab.digest }],
    [
      'account',
      seal.account,
      { id: result.account.id, region: result.account.region, kind: result.account.kind },
    ],
    ['principal', seal.principal, result.account.arn],
    ['startedAt', seal.startedAt, result.startedAt],
    ['finishedAt', seal.finishedAt, result.finishedAt],
    ['result', seal.result, digestOf(raw)],
  ];
  return pairs.flatMap(([name, sealed, told]) =>
    canonicalJson(sealed) === canonicalJson(told) ? [] : [name],
  );
}
