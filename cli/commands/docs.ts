import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Audience, DocumentFormat } from '../docs/document.ts';
import { documentsFor } from '../docs/documents-for.ts';
import { type DocumentFile, filesOf } from '../docs/files-of.ts';
import { staleFiles } from '../docs/stale-files.ts';
import { findLab, labIds } from '../labs/find-lab.ts';
import { knownChecks } from '../labs/known-checks.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { shellWord } from '../shell-words.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface DocsFlags extends ChecksFlags {
  readonly out: string;
  readonly for: Audience;
  readonly format: DocumentFormat;
  readonly withAnswers?: true;
  readonly check?: true;
  readonly color: boolean;
}

/** `labwright docs`: documents of labs and checks, written or held against what is there. */
export async function docs(labNames: readonly string[], flags: DocsFlags): Promise<void> {
  const { print, note } = createOutput(!flags.color);
  if (flags.withAnswers && flags.for !== 'site')
    throw new UserError('`--with-answers` is for a site. For the answers to a lab, say `--for instructor`.');
  const isAll = labNames.length === 0;
  const labs = [];
  for (const name of isAll ? (await labIds()).sort() : labNames) labs.push(await findLab(name, flags));
  refuseSameName(labs.map(({ lab }) => lab.id));
  const documents = await documentsFor(flags.for, {
    labs,
    registry: await knownChecks(flags.checks ?? []),
    withAnswers: flags.withAnswers ?? false,
  }).catch((error: unknown) => {
    throw proofFault(error);
  });
  const files = await filesOf(documents, flags.format, flags.for);
  if (!flags.check) {
    await write(files, flags.out);
    print(`${files.map(({ path }) => join(flags.out, path)).join('\n')}\n`);
    return;
  }
  const stale = await staleFiles(flags.out, files, isAll && flags.for === 'learner');
  for (const { path, why } of stale) print(`${join(flags.out, path)}: ${words[why]}\n`);
  if (stale.length > 0) {
    note(
      `${stale.length} of ${files.length} are stale. Write them again with \`${again(labNames, flags)}\`.\n`,
    );
    process.exitCode = exitCodes.failed;
  } else note(`${files.length} documents are as they should be.\n`);
}

const words = {
  missing: 'is not there',
  differs: 'is not what would be written now',
  'left over': 'was generated, and would not be any more; delete it',
} as const;

function again(labNames: readonly string[], flags: DocsFlags): string {
  return [
    'labwright docs',
    ...labNames.map(shellWord),
    `--for ${flags.for}`,
    `--format ${flags.format}`,
    ...(flags.withAnswers ? ['--with-answers'] : []),
    ...(flags.checks ?? []).map((name) => `--checks ${shellWord(name)}`),
    `--out ${shellWord(flags.out)}`,
  ].join(' ');
}

/** Two labs of one id would write over each other's documents. */
function refuseSameName(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new UserError(`Two of the labs have the id "${twice}". Give one of them another, or name it once.`);
}

function proofFault(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return error;
  return new UserError(
    `There is no ${path}, from which the answers are taken. Put it beside the lab, or leave the answers out.`,
  );
}

async function write(files: readonly DocumentFile[], folder: string): Promise<void> {
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The documents could not be written to ${folder}: ${why}. Choose another folder with \`--out\`.`,
    );
  }
}
