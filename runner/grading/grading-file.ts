/**
 * `grading.json` in the folder of a class: which grading it is in, and whether that has ended. A grading of some learners only
 * has `grading-only.json`, so that one of all that was stopped can be gone on with afterwards.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';

const gradingSchema = z.object({
  schema: z.literal('labwright/grading/v1'),
  id: z.string(),
  lab: z.object({ id: z.string(), digest: z.string() }),
  startedAt: z.string(),
  /** Ids of the learners that were named; absent when all are graded. */
  only: z.array(z.string()).optional(),
  finishedAt: z.string().optional(),
});
type Grading = z.infer<typeof gradingSchema>;

interface Asked {
  readonly lab: { readonly id: string; readonly digest: string };
  readonly only?: readonly string[] | undefined;
}

/** The grading of this lab file and these learners that was begun in the folder and did not end, or a new one. */
export async function beginOrGoOn(out: string, { lab: { id, digest }, only }: Asked): Promise<Grading> {
  const file = fileOf(out, only);
  const last = await readGrading(file);
  const same = last?.lab.id === id && last.lab.digest === digest && sameIds(last.only, only);
  if (last && same && last.finishedAt === undefined) return last;
  const startedAt = new Date().toISOString();
  const grading: Grading = {
    schema: 'labwright/grading/v1',
    // Sorts by time, so that attempts do.
    id: `${startedAt.replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`,
    lab: { id, digest },
    startedAt,
    ...(only && { only: [...only] }),
  };
  await writeGrading(file, grading);
  return grading;
}

/** Every learner is settled: the next grading is another one. */
export async function endGrading(out: string, { id, only }: Pick<Grading, 'id' | 'only'>): Promise<void> {
  const file = fileOf(out, only);
  const last = await readGrading(file);
  if (last?.id !== id) return;
  await writeGrading(file, { ...last, finishedAt: new Date().toISOString() });
}

/** Ids of the gradings that the folder was in last: of the class, and of some learners alone. */
export async function lastGradings(out: string): Promise<string[]> {
  const last = await Promise.all([readGrading(fileOf(out, undefined)), readGrading(fileOf(out, []))]);
  return last.flatMap((one) => one?.id ?? []);
}

function fileOf(out: string, only: Asked['only']): string {
  return join(out, only ? 'grading-only.json' : 'grading.json');
}

function sameIds(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return JSON.stringify(a && [...a].sort()) === JSON.stringify(b && [...b].sort());
}

async function readGrading(file: string): Promise<Grading | undefined> {
  try {
    return gradingSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function writeGrading(file: string, grading: Grading): Promise<void> {
  await writeWhole(file, `${JSON.stringify(grading, null, 2)}\n`);
}
