/** `grading.json` in the folder of a class: which grading it is in, and whether that has ended. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../write-whole.ts';

const gradingSchema = z.object({
  schema: z.literal('labwright/grading/v1'),
  id: z.string(),
  lab: z.object({ id: z.string(), digest: z.string() }),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
});

/** The grading of this lab file that was begun in the folder and did not end, or a new one. */
export async function beginOrGoOn(
  out: string,
  { id, digest }: { id: string; digest: string },
): Promise<{ id: string; startedAt: string; begun: 'before' | 'anew' }> {
  const last = await readGrading(out);
  if (last && last.finishedAt === undefined && last.lab.id === id && last.lab.digest === digest)
    return { id: last.id, startedAt: last.startedAt, begun: 'before' };
  const startedAt = new Date().toISOString();
  // Sorts by time, so that attempts do.
  const grading = `${startedAt.replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`;
  await writeGrading(out, { schema: 'labwright/grading/v1', id: grading, lab: { id, digest }, startedAt });
  return { id: grading, startedAt, begun: 'anew' };
}

/** Every learner is settled: the next grading is another one. */
export async function endGrading(
  out: string,
  id: string,
  lab: { id: string; digest: string },
): Promise<void> {
  const last = await readGrading(out);
  if (last?.id !== id || last.lab.digest !== lab.digest) return;
  await writeGrading(out, { ...last, finishedAt: new Date().toISOString() });
}

async function readGrading(out: string): Promise<z.infer<typeof gradingSchema> | undefined> {
  try {
    return gradingSchema.parse(JSON.parse(await readFile(join(out, 'grading.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

async function writeGrading(out: string, grading: z.infer<typeof gradingSchema>): Promise<void> {
  await writeWhole(join(out, 'grading.json'), `${JSON.stringify(grading, null, 2)}\n`);
}
