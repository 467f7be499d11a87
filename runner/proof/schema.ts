/** What `proof.yaml` may say: how a lab is solved, and the wrong ways that its checks must catch. */
import { z } from 'zod';

/** `kms.CreateKey`; `local` is no service of AWS: what a learner does on their own machine, see local-steps.ts. */
export const callName = /^(?:dynamodb|iam|kms|local|sts)\.[A-Z]\w+$/;
const text = z.string().trim().min(1, 'must not be empty');

const stepSettings = new Set(['keep', 'until', 'region']);

/** `{ kms.CreateKey: { ... }, keep: { keyId: KeyMetadata.KeyId } }` */
export const proofStep = z
  .object({
    keep: z.record(z.string(), text).optional().describe('Names for parts of the answer, by path.'),
    until: z
      .record(z.string(), z.json())
      .optional()
      .describe('Ask again until these paths have these values.'),
    region: text.optional().describe('Where the call goes, if not to the Region that is checked.'),
  })
  .catchall(z.record(z.string(), z.json()))
  .check((context) => {
    const calls = Object.keys(context.value).filter((key) => !stepSettings.has(key));
    if (calls.length === 1 && callName.test(calls[0] ?? '')) return;
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: 'must hold one call such as `kms.CreateKey: { ... }`, besides `keep`, `until` and `region`',
    });
  });

const mistake = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens'),
  about: text.describe('What the learner did.'),
  instead: z.array(proofStep).optional().describe("Replaces the stage's solution."),
  after: z.array(proofStep).optional().describe("Follows the stage's solution."),
  'caught-by': text.describe('Id of the check that must fail, and no other.'),
  shows: text.describe(
    'What the learner must then read: a part of the message, the explanation or the hint.',
  ),
});

export const proofSchema = z.record(
  z.string(),
  z.strictObject({
    solution: z.array(proofStep).describe('Empty for a stage in which there is only something to see.'),
    mistakes: z.array(mistake).default([]),
  }),
);

export type Proof = z.output<typeof proofSchema>;
export type ProofStep = z.output<typeof proofStep>;
export type Mistake = z.output<typeof mistake>;
