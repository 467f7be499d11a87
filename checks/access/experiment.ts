/**
 * A probe and what its answer means. A denial counts only when the code is AccessDenied and the denied action,
 * the principal and the resource are exactly the expected ones: any other refusal proves something else.
 */
import { CallError, isAccessDenied } from '../call.ts';
import { readDenial } from './denial.ts';

export interface ExpectedDenial {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

export type ProbeOutcome<Answer> =
  | { readonly outcome: 'allowed'; readonly answer: Answer }
  | { readonly outcome: 'denied as expected'; readonly reason: string; readonly text: string }
  | { readonly outcome: 'denied for another reason'; readonly why: string }
  | { readonly outcome: 'inconclusive'; readonly why: string };

/** Makes the probing call and classifies what comes back. Only faults of this program are thrown. */
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
  if (!isAccessDenied(error)) {
    return {
      outcome: 'inconclusive',
      why: error.sentence,
    };
  }
  const denial = readDenial(error.message);
  if (!denial) {
    return {
      outcome: 'inconclusive',
      why: `the refusal of ${error.call} does not say what was denied: ${error.message}`,
    };
  }
  const differing = (['action', 'principal', 'resource'] as const).filter(
    (part) => denial[part] !== expected[part],
  );
  if (differing.length > 0) {
    const parts = differing.map(
      (part) => `the ${part} ${denial[part] ?? '(not named)'} instead of ${expected[part]}`,
    );
    return {
      outcome: 'denied for another reason',
      why: `${error.call} was refused, but for ${parts.join(', ')}`,
    };
  }
  return { outcome: 'denied as expected', reason: denial.reason ?? 'no reason given', text: error.message };
}
