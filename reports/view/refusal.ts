/** Refusals of DynamoDB itself, tried and taken for proof: the policies of the caller withhold the call. */
import type { Evidence } from '../../runner/result.ts';
import { principalName, type Witness } from '../evidence.ts';
import { asObject, textAt } from '../json.ts';
import { type TimeView, timeView } from '../time.ts';

export interface RefusalView {
  readonly principalName: string;
  /** `dynamodb:Query of ben` */
  readonly call: string;
  readonly table: string;
  readonly at: TimeView;
  /** `was refused: its permissions boundary does not allow it` */
  readonly outcome: string;
}

/** One for each passed finding whose output is the refusal that it rests on. */
export function refusalViews(witnesses: readonly Witness[]): RefusalView[] {
  return witnesses.flatMap(({ check, call }) => {
    const { requestId, reason } = asObject(check.outputs) ?? {};
    const isIt =
      check.verdict === 'pass' &&
      call.error?.code === 'AccessDeniedException' &&
      call.requestId !== undefined &&
      call.requestId === requestId &&
      // What the key withholds is shown by itself.
      call.error.message.includes(`not authorized to perform: ${call.call}`);
    if (!isIt) return [];
    return [
      {
        principalName: principalName(call.principal),
        call: callWithItem(call),
        table: textAt(call.input, 'TableName') ?? 'the table',
        at: timeView(call.at),
        outcome: outcomeOf(typeof reason === 'string' ? reason : ''),
      },
    ];
  });
}

/** The call, and the partition key of the items that it names, if it names any. */
export function callWithItem({ call, input }: Pick<Evidence, 'call' | 'input'>): string {
  const { ExpressionAttributeValues, Key } = asObject(input) ?? {};
  const named = call === 'dynamodb:Query' ? ExpressionAttributeValues : Key;
  const [first] = Object.values(asObject(named) ?? {});
  const { S, N } = asObject(first) ?? {};
  const text = S ?? N;
  return typeof text === 'string' ? `${call} of ${text}` : call;
}

function outcomeOf(reason: string): string {
  if (reason.includes('explicit deny')) return 'was refused: a policy denies it';
  if (reason.includes('permissions boundary')) {
    return 'was refused: its permissions boundary does not allow it';
  }
  return 'was refused: none of its policies allows it';
}
