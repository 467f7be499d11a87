/**
 * `result.json`, the public and versioned outcome of a run. Reports read this and nothing else.
 *
 * A result always tells of the whole lab: stages that this run did not judge stand as an earlier attempt left
 * them, or as skipped.
 */
import { z } from 'zod';
import { type Architecture, architectureSchema } from './architecture.ts';
import { additionsSchema } from './state/additions.ts';

/**
 * What a finding says: `pass`, `fail` (the learner's work is not there), `error` (it could not be judged and
 * costs nothing), `skip` (it depends on something that did not pass, or was not asked).
 */
const verdictSchema = z.enum(['pass', 'fail', 'error', 'skip']);
export type Verdict = z.infer<typeof verdictSchema>;

/** How a finding was reached: a live call showed it, CloudTrail recorded it, or policies were evaluated. */
const basisSchema = z.enum(['observed', 'history', 'reasoned']);
export type Basis = z.infer<typeof basisSchema>;

/** One AWS call behind a finding. Secrets are removed before it gets here. */
const evidenceSchema = z.object({
  /** Service and operation, as in an IAM action: `kms:DescribeKey`. */
  call: z.string(),
  /** ARN of the principal whose credentials signed the call. */
  principal: z.string(),
  /** Where it was asked, if not in the Region of the result. */
  region: z.string().optional(),
  input: z.json(),
  output: z.json().optional(),
  error: z.object({ code: z.string(), message: z.string(), status: z.number().optional() }).optional(),
  requestId: z.string().optional(),
  /** When the answer came, ISO 8601. */
  at: z.string(),
  durationMs: z.number(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** A way to change access, plain text: names in it come from the account. */
const remedySchema = z.object({
  what: z.string(),
  /** A policy statement to add. */
  statement: z.json().optional(),
  /** A command of the AWS CLI that does it. */
  command: z.string().optional(),
});

export const checkResultSchema = z.object({
  /** The check's id: `kms/key-exists`. */
  check: z.string(),
  /** The name under which the lab refers to this check's outputs. */
  as: z.string().optional(),
  title: z.string(),
  verdict: verdictSchema,
  basis: basisSchema,
  /** One sentence for the learner. */
  message: z.string(),
  expected: z.json().optional(),
  actual: z.json().optional(),
  /** Of a failed question of access: why it is so, one sentence each, and what would change it, least privilege first. */
  explanation: z
    .object({
      because: z.array(z.string()),
      remedies: z.array(remedySchema.extend({ also: z.array(remedySchema).optional() })),
    })
    .optional(),
  /** What to do about it, Markdown; present when the verdict is `fail`, `error` or `skip`. */
  hint: z.string().optional(),
  points: z.number(),
  max: z.number(),
  durationMs: z.number(),
  evidence: z.array(evidenceSchema),
  /** The check's parameters as they were used, references resolved. */
  with: z.record(z.string(), z.json()),
  /** What later checks may refer to: `{ arn, id }` of a key. Present when the check passed. */
  outputs: z.record(z.string(), z.json()).optional(),
  /** When this was judged, ISO 8601; absent when it never was. */
  judgedAt: z.string().optional(),
  /** Id of the earlier stage whose fail stopped this check, where the run went in the lab's order; the verdict is `skip`. */
  stoppedBy: z.string().optional(),
  /** When the unbroken row of passes began that still lasts, ISO 8601; what was not judged in between does not break it. */
  passedSince: z.string().optional(),
  /** When it passed last, ISO 8601, also where it does not pass now; absent when it never did. */
  lastPassedAt: z.string().optional(),
  /** Set when an earlier attempt's pass stands although a later stage has undone it: what this run saw instead. */
  standsFrom: z.object({ attempt: z.string(), now: z.string() }).optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

const stageResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The heading of the write-up under which this stage is told; several stages may share one. */
  section: z.string(),
  verdict: verdictSchema,
  points: z.number(),
  max: z.number(),
  checks: z.array(checkResultSchema),
});
export type StageResult = z.infer<typeof stageResultSchema>;

/**
 * What was seen of an answer, the first that holds: `unanswered`; `misconception` (it says something untrue); `stub` (only
 * beginnings of sentences, or the question itself); `cut-off` (a sentence was left in its middle); `thin` (too few words);
 * `incomplete` (a concept is missing); `complete`. `answered` where the author expects nothing in particular.
 */
const answerStateSchema = z.enum([
  'unanswered',
  'misconception',
  'stub',
  'cut-off',
  'thin',
  'incomplete',
  'complete',
  'answered',
]);
export type AnswerState = z.infer<typeof answerStateSchema>;

/** Feedback on an answer. Its points are told beside the answer; they do not count towards the lab's score. */
const answerFeedbackSchema = z.object({
  state: answerStateSchema,
  /** For the concepts present, less what misconceptions cost; never below zero. */
  points: z.number(),
  max: z.number(),
  /** With the learner's words that showed it (untrusted). */
  present: z.array(z.object({ id: z.string(), about: z.string(), words: z.string() })),
  missing: z.array(z.object({ id: z.string(), message: z.string() })),
  /** With the sentence that states it (untrusted) and what is true instead. */
  misconceptions: z.array(
    z.object({ id: z.string(), said: z.string(), correction: z.string(), link: z.string().optional() }),
  ),
  /** Sentences that were begun and left, at most five (untrusted). */
  unfinished: z.array(z.string()),
  /** An instructor's own judgement, which goes before what was found; present where there is one. */
  override: z
    .object({
      /** Whether the answer counts as right; absent where only points or misconceptions were judged. */
      verdict: z.enum(['accepted', 'not accepted']).optional(),
      /** In place of those above. */
      points: z.number(),
      /** Ids of misconceptions that the answer does not hold. */
      dismissed: z.array(z.string()),
      reason: z.string(),
      by: z.string(),
    })
    .optional(),
});
export type AnswerFeedback = z.infer<typeof answerFeedbackSchema>;

export type { Architecture };

const questionResultSchema = z.object({
  id: z.string(),
  /** The heading of the write-up under which the answer stands. */
  section: z.string(),
  prompt: z.string(),
  /** The learner's own words (Markdown, untrusted); absent when unanswered. */
  answer: z.string().optional(),
  /** Absent in results of versions that gave none. */
  feedback: answerFeedbackSchema.optional(),
});

export const resultSchema = z.object({
  schema: z.literal('labwright/result/v1'),
  lab: z.object({
    id: z.string(),
    title: z.string(),
    /** SHA-256 of the lab file, hexadecimal. */
    digest: z.string(),
    /** The public project that this lab follows, for the write-up's link. */
    project: z.string().optional(),
    /** One paragraph on what the lab teaches, Markdown. */
    about: z.string(),
    /** Headings of the write-up in order, as the lab's author arranged them. */
    sections: z.array(z.string()),
    /** What the lab builds; absent where its author drew nothing. */
    architecture: architectureSchema.optional(),
  }),
  account: z.object({
    id: z.string(),
    /** ARN of the principal that ran the checks. */
    arn: z.string(),
    region: z.string(),
    kind: z.enum(['live', 'assumed', 'sandbox', 'recording']),
  }),
  /** The learner's name for the write-up, where given (untrusted). */
  author: z.string().optional(),
  /** What else the learner put into the write-up (untrusted); absent when nothing. */
  additions: additionsSchema.omit({ author: true }).optional(),
  /** The names the learner works with: `{ alias: "alias/nextwork-kms-key", ... }`. */
  params: z.record(z.string(), z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  score: z.object({ points: z.number(), max: z.number() }),
  stages: z.array(stageResultSchema),
  questions: z.array(questionResultSchema),
});
export type Result = z.infer<typeof resultSchema>;
