/** One line for each call that the sandbox answered. Records hold no secret and no body. */
import type { CallRecord } from '../sandbox/gateway/gateway.ts';
import type { CallLog } from './call-logs.ts';
import { plain, type Style } from './terminal/style.ts';

/** The line for a call, its line break included; empty when nothing is to be logged. */
export function callLine(log: CallLog, record: CallRecord, style: Style): string {
  if (log === 'none') return '';
  return log === 'json' ? `${JSON.stringify(record)}\n` : `${textLine(record, style)}\n`;
}

/** `10:04:11 user/administrator kms:DescribeKey allowed` */
function textLine({ at, call, principal, status, error }: CallRecord, style: Style): string {
  const who = principal ? principal.slice(principal.lastIndexOf(':') + 1) : 'unknown caller';
  const time = style.dim(at.toISOString().slice(11, 19));
  const asked = plain(`${who}  ${call}`);
  if (!error) return `${time} ${asked}  allowed`;
  return `${time} ${asked}  ${status} ${plain(`${error.code}: ${error.message}`)}`;
}
