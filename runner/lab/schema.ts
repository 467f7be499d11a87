/** What a lab file may say: the one source of its types and of its validation. */
import { z } from 'zod';
import { architectureKinds } from '../architecture.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens')
  .max(64);
const text = z.string().trim().min(1, 'must not be empty');
const name = z.string().regex(/^[A-Za-z][\w-]*$/, 'must be a word');
/** As a pattern, so that an editor judges by the schema as the loader does. @param scheme a pattern too */
const webAddress = (scheme: string, message: string) =>
  z.string().regex(new RegExp(`^${scheme}://[\\w.-]+(?::\\d+)?(?:[/?#]\\S*)?$`), message);
const undoneBy = z.union([id, z.array(id).min(1)]).describe('Later stages that take this away again.');

const patterns = z
  .array(text)
  .min(1, 'needs at least one pattern, or nothing can match')
  .describe('Each enough by itself; how they are written is in docs/answers.md.');

const expects = z.strictObject({
  concepts: z
    .array(
      z.strictObject({
        id,
        about: text.describe('A few words that name it, shown where it is present.'),
        patterns,
        points: z.number().positive().max(100).default(1),
        missing: text.describe('One sentence on what the answer lacks without it.'),
      }),
    )
    .min(1, 'needs at least one concept, or every answer would be complete'),
  misconceptions: z
    .array(
      z.strictObject({
        id,
        patterns: patterns.describe('Each states it by itself; a sentence that denies it does not count.'),
        unless: z.array(text).default([]).describe('Patterns that show that something else is meant.'),
        correction: text.describe('What is true, one or two sentences.'),
        link: webAddress('https', 'must be an https address').optional(),
        costs: z.number().positive().max(100).default(1).describe('Points that it takes away.'),
      }),
    )
    .default([]),
});

const question = z.strictObject({
  id: id.describe('Names the answer in answers.yaml.'),
  prompt: text.describe('What the learner is asked.'),
  expects: expects
    .optional()
    .describe('What feedback on the answer is given by; without it any answer will do.'),
});

export const checkEntry = z.strictObject({
  check: z.string().min(1, 'must not be empty').describe('Id of a check: `kms/key-exists`.'),
  title: text
    .regex(/^(?!.*\$\{)/s, 'is the same for every learner, so that it refers to no parameter')
    .optional()
    .describe(
      'What holds when it passes, where the title that the check has itself would stand twice in a stage.',
    ),
  as: name.optional().describe('Name under which later checks refer to this one and its outputs.'),
  with: z.record(z.string(), z.json()).default({}).describe('Parameters of the check.'),
  points: z.number().min(0).max(1000).describe('Points for a pass.'),
  hint: text.describe('What to do when it does not pass, Markdown.'),
  'undone-by': undoneBy.optional(),
  'explained-by': z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe(
      'Earlier checks, by `as`: where one of them fails, a fail of this one follows from it and is not blamed too.',
    ),
  accepts: z
    .array(z.enum(['observed', 'history', 'reasoned']))
    .min(1)
    .optional()
    .describe(
      'For checks that try as somebody else: the ways to an answer that count. Default: observed, history.',
    ),
});

const stage = z.strictObject({
  id: id.describe('One word: `key`.'),
  title: text,
  section: text.optional().describe('Heading of the write-up; the title when absent.'),
  guide: text.describe('Why, console steps and CLI steps, Markdown.'),
  'undone-by': undoneBy.optional(),
  checks: z.array(checkEntry).min(1, 'needs at least one check, or the stage passes without asking anything'),
  questions: z.array(question).default([]),
});

export const made = z.strictObject({
  'dynamodb.table': text.optional().describe('A DynamoDB table: the parameter that names it.'),
  'kms.key': text.optional().describe('A customer managed key: the parameter that holds its alias.'),
  'iam.user': text.optional().describe('An IAM user: the parameter that names it.'),
  'iam.group': text.optional().describe('An IAM group: the parameter that names it.'),
  'iam.role': text.optional().describe('An IAM role: the parameter that names it.'),
  'iam.policy': text.optional().describe('A customer managed policy: the parameter that names it.'),
  policies: z
    .array(text)
    .optional()
    .describe(
      'Names of AWS managed policies that the lab gives the user. With more than these, it may be another.',
    ),
});

const provenBy = z
  .union([text, z.array(text).min(1)])
  .optional()
  .describe('Checks that prove it, by `as` or by id; without any it is taken as given.');

const architecture = z.strictObject({
  parts: z
    .array(
      z.strictObject({
        id,
        kind: z.enum(architectureKinds).describe('What is drawn.'),
        title: text.describe('What it is: `DynamoDB table`.'),
        name: text.optional().describe('What it is called; may refer to parameters.'),
        'proven-by': provenBy,
      }),
    )
    .min(2, 'needs at least two parts, or there is nothing between them'),
  arrows: z
    .array(
      z.strictObject({
        from: id.describe('Id of a part.'),
        to: id.describe('Id of a part.'),
        says: text.describe('What the first does to the second, a few words.'),
        'proven-by': provenBy,
      }),
    )
    .min(1, 'needs at least one arrow, or the parts have nothing to do with each other'),
});

export const labSchema = z.strictObject({
  id,
  title: text,
  about: text.describe('One paragraph on what the lab teaches, Markdown.'),
  costs: text.optional().describe('What the lab costs on AWS, until when, and how to end it, Markdown.'),
  project: webAddress('https?', 'must be an http or https address')
    .optional()
    .describe('The public project that the lab follows.'),
  params: z
    .record(
      name,
      z.strictObject({
        default: z.string().min(1),
        about: z.string().optional(),
      }),
    )
    .default({})
    .describe('Names that the learner may choose.'),
  makes: z
    .array(made)
    .default([])
    .describe(
      'What the learner makes and `labwright clean` removes, in the order of removal, one kind an entry.',
    ),
  architecture: architecture
    .optional()
    .describe('What the lab builds; the write-up draws it, with what is proven so far.'),
  questions: z
    .array(question.extend({ section: text.describe('Heading of the write-up.') }))
    .default([])
    .describe('Questions about the whole lab, asked before the stages.'),
  stages: z.array(stage).min(1, 'needs at least one stage, or the lab passes without asking anything'),
});

export type LabFile = z.output<typeof labSchema>;
export type LabStage = LabFile['stages'][number];
export type Question = LabStage['questions'][number];
export type CheckEntry = LabStage['checks'][number];
