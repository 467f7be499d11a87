/** The refusal that DynamoDB passes on when the caller may not decrypt with the table's key. */
import type { Evidence } from '../../runner/result.ts';
import { principalName, telling, type Witness } from '../evidence.ts';
import { asList, asObject, objectAt, parseJson, textAt } from '../json.ts';
import { clip } from '../plain-text.ts';
import { type TimeView, timeView } from '../time.ts';

export interface DenialView {
  /** AWS's own text. */
  readonly message: string;
  readonly code: string;
  readonly call: string;
  /** By CloudTrail: DynamoDB called KMS for the principal. */
  readonly recorded: boolean;
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

/**
 * The denial behind a passed finding, as it was tried or as CloudTrail recorded it; one behind another finding proves
 * nothing and is not shown.
 */
export function denialView(witnesses: readonly Witness[]): DenialView | undefined {
  const proven = witnesses.filter(({ check }) => check.verdict === 'pass');
  return triedDenial(proven) ?? recordedDenial(proven);
}

function triedDenial(witnesses: readonly Witness[]): DenialView | undefined {
  const witness = telling(witnesses, isDenial);
  if (!witness?.call.error) return undefined;
  const { call } = witness;
  return {
    ...readText(witness.call.error.message),
    code: witness.call.error.code,
    call: call.call,
    recorded: false,
    table: textAt(call.input, 'TableName'),
    principal: call.principal,
    principalName: principalName(call.principal),
    requestId: call.requestId,
    at: timeView(call.at),
    witness,
  };
}

/** The newest refusal in the records that a finding by history rests on. */
function recordedDenial(witnesses: readonly Witness[]): DenialView | undefined {
  for (const witness of witnesses) {
    const { check, call } = witness;
    if (check.basis !== 'history' || call.call !== 'cloudtrail:LookupEvents') continue;
    for (const event of asList(asObject(call.output)?.Events)) {
      const record = parseJson(textAt(event, 'CloudTrailEvent') ?? '');
      const principal = textAt(objectAt(record, 'userIdentity'), 'arn');
      const text = textAt(record, 'errorMessage') ?? '';
      if (textAt(record, 'eventName') !== 'Decrypt' || principal === undefined || !sentence.test(text))
        continue;
      return {
        ...readText(text),
        code: textAt(record, 'errorCode') ?? '',
        call: 'kms:Decrypt',
        recorded: true,
        table: undefined,
        principal,
        principalName: principalName(principal),
        requestId: textAt(record, 'requestID'),
        at: timeView(textAt(record, 'eventTime') ?? ''),
        witness,
      };
    }
  }
  return undefined;
}

function readText(full: string): Pick<DenialView, 'message' | 'resource' | 'reason'> {
  const message = clip(full, longestMessage);
  return {
    message,
    resource: sentence.exec(message)?.[1],
    reason: reason.exec(message)?.[0].replace(/^because /, ''),
  };
}

function isDenial({ error }: Evidence): boolean {
  return error?.code === 'AccessDeniedException' && /\bkms:Decrypt\b/.test(error.message);
}
