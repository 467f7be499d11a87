/** What a file holds that is to be verified: a result, a sealed result, or the chain of a run. */
import { type Result, resultSchema } from '../result.ts';
import { type SealedResult, sealedResultSchema } from './sealed-result.ts';

export interface ReadSeal {
  readonly sealed: SealedResult;
  /** The result as it stands in the file, members that Labwright does not know included: all of it is signed. */
  readonly raw: unknown;
}

export type ResultFile =
  | { readonly kind: 'self-attested'; readonly result: Result }
  /** @property whole whether the file holds several, so that it has to be the chain of a run from its beginning */
  | { readonly kind: 'sealed'; readonly seals: readonly ReadSeal[]; readonly whole: boolean };

/** The file is none of these. */
export class NoResult extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoResult';
  }
}

/** @throws NoResult */
export function readResults(text: string, file: string): ResultFile {
  const one = parsed(text);
  if (one !== undefined) {
    const result = resultSchema.safeParse(one);
    if (result.success) return { kind: 'self-attested', result: result.data };
    const seal = readSeal(one);
    if (seal) return { kind: 'sealed', seals: [seal], whole: false };
    throw new NoResult(
      `${file} is JSON, but no result of Labwright. Name a result.json, or the results of a grading run.`,
    );
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const seals = lines.map((line, at) => {
    const seal = readSeal(parsed(line));
    if (seal) return seal;
    throw new NoResult(
      `${file}, line ${at + 1} is no sealed result of Labwright. If the line was cut off, take it away; the results before it can be verified.`,
    );
  });
  if (seals.length === 0) throw new NoResult(`${file} is empty.`);
  return { kind: 'sealed', seals, whole: seals.length > 1 };
}

function readSeal(value: unknown): ReadSeal | undefined {
  const seal = sealedResultSchema.safeParse(value);
  return seal.success ? { sealed: seal.data, raw: (value as { result: unknown }).result } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
