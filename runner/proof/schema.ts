/** What `proof.yaml` may say: how a lab is solved, and the wrong ways that its checks must catch. */
import { z } from 'zod';

const callName = /^(?:dynamodb|iam|kms|sts)\.[A-Z]\w+$/;
const text = z.string().trim().min(1, 'must not be empty');

/** `{ kms.CreateKey: { ... }, keep: { keyId: KeyMetadata.KeyId } }` */
const proofStep = z
  .object({
    keep: z.record(z.string(), text).optional().describe('Names for parts of the answer, by path.'),
    until: z
      .record(z.string(), z.json())
      .optional()
      .describe('Ask again until these paths have these values.'),
  })
  .catchall(z.record(z.string(), z.json()))
  .check((context) => {
    const calls = Object.keys(context.value).filter((key) => key !== 'keep' && key !== 'until');
    if (calls.length === 1 && callName.test(calls[0] ?? '')) return;
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: 'must hold one call such as `kms.CreateKey: { ... }`, besides `keep` and `until`',
    });
  });

const mistake = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens'),
  about: text.describe('What the learner did.'),
  instead: z.array(proofStep).optional().describe("Replaces the stage's solution."),
  after: z.array(proofStep).optional().describe("Follows the stage's solution."),
  'caught-by': text.describe('Id of the check that must fail.'),
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
