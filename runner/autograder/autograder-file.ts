/** `autograder.json`: what an autograder's folder knows of the class it judges. It holds no secret. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A learner as far as an autograder has to know. */
const learnerSchema = z.object({
  id: z.string(),
  /** How the platform names the learner. */
  email: z.string(),
  account: z.string().optional(),
  /** Absent where results are handed in signed. */
  role: z.object({ arn: z.string(), externalId: z.string().optional() }).optional(),
  region: z.string().optional(),
  params: z.record(z.string(), z.string()),
});
export type AutograderLearner = z.infer<typeof learnerSchema>;

const judgingSchema = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('signature'),
    /** The instructor's public key. */
    key: z.string(),
  }),
  z.object({
    by: z.literal('role'),
    /** Of learners whose line of the roster names none. */
    region: z.string(),
  }),
]);
export type Judging = z.infer<typeof judgingSchema>;

const autograderSchema = z.object({
  schema: z.literal('labwright/autograder/v1'),
  for: z.enum(['gradescope', 'classroom50']),
  lab: z.object({ id: z.string(), digest: z.string() }),
  judging: judgingSchema,
  /** None for Classroom 50: its learners go by their GitHub names, and whoever finds the folder's address can read it. */
  learners: z.array(learnerSchema),
});
export type Autograder = z.infer<typeof autograderSchema>;

export const autograderFile = 'autograder.json';

/** The folder holds no autograder that this version of Labwright made. */
export class NoAutograder extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoAutograder';
  }
}

/** @throws NoAutograder */
export async function readAutograder(folder: string): Promise<Autograder> {
  const file = join(folder, autograderFile);
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new NoAutograder(`${file} cannot be read. Make the folder with \`labwright autograder make\`.`);
  }
  const read = autograderSchema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new NoAutograder(
    `${file}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}. Make the folder anew with \`labwright autograder make\`.`,
  );
}
