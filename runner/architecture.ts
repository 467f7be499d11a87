/** What a lab builds: parts and what they do to each other, for the write-up's drawing. */
import { z } from 'zod';

/** What a part is; each has a drawing of its own. */
export const architectureKinds = [
  'person',
  'database',
  'key',
  'policy',
  'function',
  'storage',
  'service',
] as const;

/** Names of checks, by `as` or by id, all of which prove a thing; none where it is taken as given. */
const provenBySchema = z.array(z.string());

export const architectureSchema = z.object({
  parts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(architectureKinds),
      title: z.string(),
      /** The learner's name for it. */
      name: z.string().optional(),
      provenBy: provenBySchema,
    }),
  ),
  arrows: z.array(z.object({ from: z.string(), to: z.string(), says: z.string(), provenBy: provenBySchema })),
});
export type Architecture = z.infer<typeof architectureSchema>;
