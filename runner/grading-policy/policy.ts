/** What a course decides about due dates, late work, attempts and rounding: its file, and the flags that override it. */
import { z } from 'zod';
import { dueTime, durationSeconds, isTimeZone, NotATime } from './due-time.ts';

const percent = z.number().min(0).max(100);
const duration = z.string().transform((text, context) => {
  const seconds = durationSeconds(text);
  if (seconds !== undefined) return seconds;
  context.addIssue({ code: 'custom', message: 'must be a duration as 45m, 36h, 2d or 1w' });
  return z.NEVER;
});

const lateRule = z
  .string()
  .refine(
    (text) => /^(none|refuse|\d+(\.\d+)?%(\/(day|hour))?)$/.test(text) && !(Number.parseFloat(text) > 100),
    'must be none, refuse, or a percentage: 20% once, 10%/day, 1%/hour',
  );

/** The file, as YAML writes it. */
export const policySchema = z.strictObject({
  'time-zone': z
    .string()
    .refine(isTimeZone, 'must be a time zone as Europe/Berlin or UTC')
    .default('UTC')
    .describe('Of times that name no offset.'),
  due: z.string().optional().describe('When the lab is due: 2026-12-24 18:00. Nothing is late without it.'),
  late: lateRule
    .default('none')
    .describe(
      'What late work loses: `none`, `refuse` (all), `20%` once, or `10%/day` and `1%/hour` for each begun.',
    ),
  of: z
    .enum(['max', 'earned'])
    .default('max')
    .describe('What the percentage is of: what the late work could have earned at most, or what it did.'),
  compound: z
    .boolean()
    .default(false)
    .describe('Take each percentage from what the one before left, not from the whole.'),
  cap: percent.default(100).describe('The most that being late may cost, in per cent.'),
  grace: duration.default(0).describe('So long after the due time nothing is late.'),
  'reject-after': duration.optional().describe('Work that is later than this counts nothing.'),
  'applies-to': z
    .enum(['check', 'lab'])
    .default('check')
    .describe(
      '`check`: what had passed in time stays whole when the rest is late. `lab`: an attempt is late as a whole.',
    ),
  'late-days': z
    .strictObject({
      budget: z.number().int().min(0).describe('Free days of the course, for all labs together.'),
      'per-lab': z.number().int().min(0).optional().describe('The most that one lab may use.'),
    })
    .optional(),
  attempts: z
    .strictObject({
      limit: z.number().int().min(1).optional().describe('Later ones do not count.'),
      counts: z.enum(['best', 'last']).default('best'),
    })
    .default({ counts: 'best' }),
  rounding: z
    .strictObject({
      to: z.number().positive().max(100).default(0.01).describe('Points are a multiple of this.'),
      mode: z.enum(['nearest', 'up', 'down']).default('nearest'),
    })
    .default({ to: 0.01, mode: 'nearest' }),
});
export type PolicyFile = z.output<typeof policySchema>;

/** A policy that can be applied. Times are milliseconds since 1970, durations seconds, shares 0 to 1. */
export interface Policy {
  /** IANA name; of the course's times that name no offset. */
  readonly timeZone: string;
  readonly due?: number;
  readonly late: LateRule;
  readonly graceSeconds: number;
  readonly rejectAfterSeconds?: number;
  readonly appliesTo: 'check' | 'lab';
  readonly lateDays: { readonly budget: number; readonly perLab: number };
  readonly attempts: { readonly limit: number; readonly counts: 'best' | 'last' };
  readonly rounding: { readonly to: number; readonly mode: 'nearest' | 'up' | 'down' };
}

interface LateRule {
  /** Lost at once or with each begun unit; 1 where late work is refused. */
  readonly share: number;
  /** Absent when the share is lost once. */
  readonly perSeconds?: number;
  readonly of: 'max' | 'earned';
  readonly compound: boolean;
  readonly cap: number;
}

/** @throws NotATime for a due date that is none */
export function toPolicy(file: PolicyFile): Policy {
  const unit = /\/(day|hour)$/.exec(file.late)?.[1];
  const share = file.late === 'refuse' ? 1 : file.late === 'none' ? 0 : Number.parseFloat(file.late) / 100;
  const days = file['late-days'];
  return {
    timeZone: file['time-zone'],
    ...(file.due !== undefined && { due: dueTime(file.due, file['time-zone']) }),
    late: {
      share,
      ...(unit && { perSeconds: unit === 'day' ? 86_400 : 3600 }),
      of: file.of,
      compound: file.compound,
      cap: file.late === 'refuse' ? 1 : file.cap / 100,
    },
    graceSeconds: file.grace,
    ...(file['reject-after'] !== undefined && { rejectAfterSeconds: file['reject-after'] }),
    appliesTo: file['applies-to'],
    lateDays: { budget: days?.budget ?? 0, perLab: days?.['per-lab'] ?? days?.budget ?? 0 },
    attempts: { limit: file.attempts.limit ?? Number.POSITIVE_INFINITY, counts: file.attempts.counts },
    rounding: file.rounding,
  };
}

/** What the schema cannot say about a file. */
export function policyFault(
  file: PolicyFile,
): { readonly field: keyof PolicyFile; readonly message: string } | undefined {
  try {
    if (file.due !== undefined) dueTime(file.due, file['time-zone']);
  } catch (error) {
    if (!(error instanceof NotATime)) throw error;
    return { field: 'due', message: error.message };
  }
  if (file.due === undefined && file.late !== 'none')
    return { field: 'late', message: 'Nothing can be late without `due`.' };
  if (file.compound && file.of === 'max')
    return { field: 'compound', message: 'What compounds is taken from what was earned: say `of: earned`.' };
  return undefined;
}
