/** Finds, among files that a learner handed in, the result that the instructor signed for this learner. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type ReadSeal, type ResultFile, readResults } from '../integrity/read-results.ts';
import type { SealedResult } from '../integrity/sealed-result.ts';
import { verifyFile } from '../integrity/verify-seals.ts';
import type { Result } from '../result.ts';

export interface SignedSubmissionOptions {
  /** What was handed in; nothing in it is trusted, and nothing is run. */
  readonly folder: string;
  /** The instructor's public key. */
  readonly key: string;
  readonly lab: { readonly id: string; readonly digest: string };
  /** Whether a signed result is this learner's. */
  readonly belongs: (seal: SealedResult['seal']) => boolean;
}

/** Beyond these, files are not looked at. */
const most = { files: 200, depth: 4, bytes: 32 * 1024 * 1024 };

/**
 * The latest of those that hold: a signed result tells what was earned until then.
 *
 * @returns why there is none, for the learner to read, with file names as the learner chose them
 */
export async function signedSubmission(
  options: SignedSubmissionOptions,
): Promise<{ readonly result: Result } | { readonly problem: string }> {
  const found: Result[] = [];
  const problems: string[] = [];
  for (const path of await candidates(options.folder)) {
    const name = relative(options.folder, path);
    for (const one of await resultsIn(path)) {
      const problem = problemOf(one, options);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
      else if (one.kind === 'sealed') found.push(...one.seals.map(({ sealed }) => sealed.result));
    }
  }
  const [latest] = found.sort((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
  if (latest) return { result: latest };
  const [first = 'No file that was handed in is a result of Labwright.'] = problems;
  return { problem: `${first} Hand in the signed result that your instructor gave you, unchanged.` };
}

function problemOf(file: ResultFile, options: SignedSubmissionOptions): string | undefined {
  try {
    return faultOf(file, options);
  } catch {
    // Whoever nests deeply enough has no stack left to read it with.
    return 'This cannot be read as a result.';
  }
}

function faultOf(file: ResultFile, { key, lab, belongs }: SignedSubmissionOptions): string | undefined {
  if (file.kind === 'self-attested')
    return 'Nobody signed this result, so that it proves nothing to anybody else.';
  const [seal] = file.seals;
  const sealed = seal?.sealed;
  if (sealed?.result.lab.id !== lab.id) return `This is the result of another lab than "${lab.id}".`;
  const items = verifyFile(file, { key, labDigest: (id) => (id === lab.id ? lab.digest : undefined) });
  const bad = items.filter(({ state }) => state !== 'good');
  if (bad.length > 0) return bad.map(({ message }) => message).join(' ');
  return belongs(sealed.seal) ? undefined : 'This result was signed for somebody else.';
}

/** Each by itself, those of a chain too; none where the file is something else. */
async function resultsIn(path: string): Promise<readonly ResultFile[]> {
  try {
    const file = readResults(await readFile(path, 'utf8'), path);
    if (file.kind === 'self-attested') return [file];
    return file.seals.map((seal: ReadSeal) => ({ kind: 'sealed', seals: [seal], whole: false }));
  } catch {
    return [];
  }
}

async function candidates(folder: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (inside: string, depth: number): Promise<void> => {
    const entries = await readdir(inside, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length >= most.files) return;
      const path = join(inside, entry.name);
      // A link is neither of these: it could lead to what was not handed in.
      if (entry.isDirectory() && depth < most.depth && !/^(\.git|node_modules)$/.test(entry.name))
        await look(path, depth + 1);
      if (entry.isFile() && /\.jsonl?$/i.test(entry.name) && (await stat(path)).size <= most.bytes)
        found.push(path);
    }
  };
  await look(folder, 0);
  return found;
}
