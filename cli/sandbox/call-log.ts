/** One line for each call that the sandbox answered. Records hold no secret and no body. */
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { decisionInWords, shortName } from '../decision-words.ts';
import { plain, type Style } from '../terminal/style.ts';
import type { CallLog } from './call-logs.ts';

type ForwardedUse = NonNullable<CallRecord['forwarded']>[number];
type Denial = NonNullable<CallRecord['denial']>;

/**
 * The line for a call, its line break included; empty when nothing is to be logged.
 *
 * @param withAccount whether text says which account the caller is of
 */
export function callLine(log: CallLog, record: CallRecord, style: Style, withAccount: boolean): string {
  if (log === 'none') return '';
  return log === 'json' ? `${JSON.stringify(record)}\n` : `${textLine(record, style, withAccount)}\n`;
}

/** `10:04:11 user/administrator  kms:DescribeKey  allowed` */
function textLine(record: CallRecord, style: Style, withAccount: boolean): string {
  const { time, who, call, outcome } = callInWords(record);
  const where = withAccount && record.account ? `${record.account} ` : '';
  return `${style.dim(time)} ${plain(`${where}${who}  ${call}  ${outcome}`)}`;
}

/** A call as it is told to people. */
export interface CallInWords {
  /** `10:04:11`, UTC */
  readonly time: string;
  /** `user/administrator` */
  readonly who: string;
  /** `kms:DescribeKey` */
  readonly call: string;
  /** Allowed, or why not. */
  readonly outcome: string;
  readonly succeeded: boolean;
}

export function callInWords(record: CallRecord): CallInWords {
  const { at, call, principal, error } = record;
  const who = principal ? shortName(principal) : 'unknown caller';
  return { time: at.toISOString().slice(11, 19), who, call, outcome: outcomeOf(record), succeeded: !error };
}

/** Allowed, or why not: what an error says, and where policies decided, which one and what is missing. */
function outcomeOf({ status, error, denial, principal = '', forwarded = [] }: CallRecord): string {
  const said = (words: (use: ForwardedUse) => string) => [...new Set(forwarded.map(words))].join('; ');
  // A batch of statements succeeds whatever becomes of each of them.
  if (!error)
    return ['allowed', said((use) => askedKms(use, principal) + refusal(use, principal))]
      .filter(Boolean)
      .join('; ');
  const asked = said((use) => askedKms(use, principal));
  if (denial) return `denied: ${inWords(denial, principal)} (${error.code})`;
  const refused = forwarded.findLast((use) => use.error);
  if (refused?.denial) return `denied: ${asked}; ${inWords(refused.denial, principal)} (${error.code})`;
  if (refused?.error) {
    const { code, message } = refused.error;
    return `refused: ${asked}; KMS answered ${code}: ${message} (${error.code})`;
  }
  return error.message === '' ? `${status} ${error.code}` : `${status} ${error.code}: ${error.message}`;
}

/** What no answer shows: the service called KMS, most often as its caller. */
function askedKms({ call, invokedBy, asService, remembered }: ForwardedUse, principal: string): string {
  const service = invokedBy === 'dynamodb.amazonaws.com' ? 'DynamoDB' : invokedBy;
  if (remembered)
    return `${service} still had the table's key for ${shortName(principal)}, and did not ask KMS`;
  return `${service} asked KMS for ${call} as ${asService ? 'itself' : shortName(principal)}`;
}

/** What KMS answered, where it refused. */
function refusal({ error, denial }: ForwardedUse, principal: string): string {
  if (denial) return `, and was refused: ${inWords(denial, principal)}`;
  return error ? `, and was refused: ${error.code}: ${error.message}` : '';
}

function inWords({ action, resource, decision }: Denial, principal: string): string {
  const where = resource === '*' ? '' : ` on ${shortName(resource)}`;
  return decisionInWords(decision, principal, action + where, resource);
}
