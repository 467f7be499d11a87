/** The opening figure: who asked for the table's items, and what the key made of it. */
import type { TimeView } from '../time.ts';
import type { DenialView } from './denial.ts';
import type { KeyCardView } from './key-card.ts';
import type { ReadingView } from './reading.ts';
import { callWithItem, type RefusalView } from './refusal.ts';
import type { TableEncryptionView } from './table-encryption.ts';

interface AccessAttempt {
  readonly principalName: string;
  readonly call: string;
  readonly at: TimeView;
  readonly opened: boolean;
  /** `read 1 item in plain text` */
  readonly outcome: string;
}

export interface AccessFigureView {
  readonly table: string;
  readonly key: string;
  readonly attempts: readonly AccessAttempt[];
}

/**
 * Undefined as long as nobody is known to have read the table or to have been refused, and where no key of KMS lies
 * between a reader and the items.
 */
export function accessFigureView(shown: {
  readonly key: KeyCardView | undefined;
  readonly table: TableEncryptionView | undefined;
  readonly denial: DenialView | undefined;
  readonly readings: readonly ReadingView[];
  readonly refusals: readonly RefusalView[];
}): AccessFigureView | undefined {
  const { key, table, denial, readings } = shown;
  if (table && !table.underKey) return undefined;
  const reads = readings.map(
    (reading): AccessAttempt => ({
      principalName: reading.principalName,
      call: callWithItem(reading.witness.call),
      at: reading.at,
      opened: true,
      outcome: `read ${reading.amount} in plain text`,
    }),
  );
  const refusals: AccessAttempt[] = denial
    ? [
        {
          principalName: denial.principalName,
          call: denial.call,
          at: denial.at,
          opened: false,
          outcome: 'was refused: not allowed to use kms:Decrypt',
        },
      ]
    : [];
  const withheld = shown.refusals.map((refusal): AccessAttempt => ({ ...refusal, opened: false }));
  const attempts = [...reads, ...refusals, ...withheld].sort((a, b) => order(a.at) - order(b.at));
  if (attempts.length === 0) return undefined;
  return {
    table: table?.name ?? readings[0]?.table ?? denial?.table ?? 'the table',
    key: table?.key ?? key?.name ?? 'its key',
    attempts,
  };
}

function order({ iso }: TimeView): number {
  return iso === undefined ? Number.POSITIVE_INFINITY : Date.parse(iso);
}
