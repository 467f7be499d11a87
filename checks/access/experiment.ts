/**
 * An experiment on access: a call made as somebody else, and what its answer means. A denial counts only when the
 * code is AccessDenied and the denied action, the principal and the resource are exactly the expected ones: any
 * other refusal proves something else.
 */
import { z } from 'zod';
import { CallError, isAccessDenied } from '../call.ts';
import { readDenial } from './denial.ts';

export interface ExpectedDenial {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** A refusal with everything that says what it is worth. */
interface Refusal extends ExpectedDenial {
  /** The call that was refused: `dynamodb:Scan`. */
  readonly call: string;
  /** `AccessDeniedException` */
  readonly code: string;
  /** Why, in AWS's words: `no identity-based policy allows the kms:Decrypt action`. */
  readonly reason: string;
  /** AWS's message. */
  readonly text: string;
  readonly requestId?: string | undefined;
}

export type ProbeOutcome<Answer> =
  | { readonly outcome: 'allowed'; readonly answer: Answer }
  | { readonly outcome: 'denied as expected'; readonly refusal: Refusal }
  | { readonly outcome: 'denied for another reason'; readonly why: string }
  | { readonly outcome: 'inconclusive'; readonly why: string };

export interface Experiment<Answer> {
  /** The call that is tried. */
  readonly attempt: () => Promise<Answer>;
  /** A call that the same principal may make in any case: without it a denial says nothing about the resource. */
  readonly control: () => Promise<unknown>;
  readonly expected: ExpectedDenial;
}

/** Makes both calls and classifies what comes back. Only faults of this program are thrown. */
export async function tryAccess<Answer>({
  attempt,
  control,
  expected,
}: Experiment<Answer>): Promise<ProbeOutcome<Answer>> {
  const [tried, controlled] = await Promise.all([probe(attempt, expected), probe(control, expected)]);
  if (tried.outcome === 'allowed' || controlled.outcome === 'allowed') return tried;
  const why = controlled.outcome === 'denied as expected' ? controlled.refusal.text : controlled.why;
  return { outcome: 'denied for another reason', why: `not even the control call is answered: ${why}` };
}

/** Makes one call and classifies what comes back. Only faults of this program are thrown. */
export async function probe<Answer>(
  ask: () => Promise<Answer>,
  expected: ExpectedDenial,
): Promise<ProbeOutcome<Answer>> {
  try {
    return { outcome: 'allowed', answer: await ask() };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return classify(error, expected);
  }
}

function classify(error: CallError, expected: ExpectedDenial): ProbeOutcome<never> {
  const { call, code, requestId } = error;
  if (!isAccessDenied(error)) return { outcome: 'inconclusive', why: error.sentence };
  const denial = readDenial(error.message);
  if (!denial) {
    return {
      outcome: 'inconclusive',
      why: `the refusal of ${call} does not say what was denied: ${error.message}`,
    };
  }
  const differing = (['action', 'principal', 'resource'] as const).filter(
    (part) => denial[part] !== expected[part],
  );
  if (differing.length > 0) {
    const parts = differing.map(
      (part) => `the ${part} ${denial[part] ?? '(not named)'} instead of ${expected[part]}`,
    );
    const trace = requestId === undefined ? '' : ` (request ${requestId})`;
    return {
      outcome: 'denied for another reason',
      why: `${call} was refused with ${code}, but for ${parts.join(', ')}${trace}`,
    };
  }
  const reason = denial.reason ?? 'no reason given';
  return {
    outcome: 'denied as expected',
    refusal: { ...expected, call, code, reason, text: error.message, requestId },
  };
}

/** What a finding keeps of a refusal: everything that says what it is worth, but not AWS's whole text. */
export const refusalShape = z.object({
  call: z.string(),
  code: z.string(),
  action: z.string(),
  principal: z.string(),
  resource: z.string(),
  reason: z.string(),
  requestId: z.string(),
});

export function refusalRecord({
  text: _text,
  requestId = '',
  ...refusal
}: Refusal): z.infer<typeof refusalShape> {
  return { ...refusal, requestId };
}

/** `kms:Decrypt denied to arn:...:user/a on arn:...:key/b (dynamodb:Scan: AccessDeniedException, request 1234)` */
export function refusalInWords({ action, principal, resource, call, code, requestId }: Refusal): string {
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  return `${action} denied to ${principal} on ${resource} (${call}: ${code}${request})`;
}
