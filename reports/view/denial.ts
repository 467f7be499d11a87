/** The refusal that DynamoDB passes on when the caller may not decrypt with the table's key. */
import type { Evidence } from '../../runner/result.ts';
import { principalName, telling, type Witness } from '../evidence.ts';
import { textAt } from '../json.ts';
import { clip } from '../plain-text.ts';
import { type TimeView, timeView } from '../time.ts';

export interface DenialView {
  /** AWS's own text. */
  readonly message: string;
  readonly code: string;
  readonly call: string;
  readonly table: string | undefined;
  readonly principal: string;
  readonly principalName: string;
  /** Undefined when AWS's text does not tell. */
  readonly resource: string | undefined;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly at: TimeView;
  readonly witness: Witness;
}

const longestMessage = 2000;

// Wording: IAM User Guide, "Troubleshoot access denied error messages". ARNs may be in quotes.
const sentence = /not authorized to perform: kms:Decrypt on resource: "?([^\s"]+)"?/;
const reason =
  /because no [a-z ,-]+ allows the \S+ action|with an explicit deny in an? [a-z -]+ policy(?:: "?[^\s"]+"?)?/;

/** The denial behind a passed finding; one behind another finding proves nothing and is not shown. */
export function denialView(witnesses: readonly Witness[]): DenialView | undefined {
  const proven = witnesses.filter(({ check }) => check.verdict === 'pass');
  const witness = telling(proven, isDenial);
  if (!witness?.call.error) return undefined;
  const { call } = witness;
  const { code } = witness.call.error;
  const message = clip(witness.call.error.message, longestMessage);
  return {
    message,
    code,
    call: call.call,
    table: textAt(call.input, 'TableName'),
    principal: call.principal,
    principalName: principalName(call.principal),
    resource: sentence.exec(message)?.[1],
    reason: reason.exec(message)?.[0].replace(/^because /, ''),
    requestId: call.requestId,
    at: timeView(call.at),
    witness,
  };
}

function isDenial({ error }: Evidence): boolean {
  return error?.code === 'AccessDeniedException' && /\bkms:Decrypt\b/.test(error.message);
}
