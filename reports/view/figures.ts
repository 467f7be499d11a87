/** The figures drawn from evidence, and the section in which each of them stands. */
import type { Result } from '../../runner/result.ts';
import { type Witness, witnessesOf } from '../evidence.ts';
import { type AccessFigureView, accessFigureView } from './access-figure.ts';
import { type DenialView, denialView } from './denial.ts';
import { type KeyCardView, keyCardView } from './key-card.ts';
import { type PolicyChangeView, policyChangeView } from './policy-change.ts';
import { type ReadingView, readingView } from './reading.ts';
import { refusalViews } from './refusal.ts';
import { type TableEncryptionView, tableEncryptionView } from './table-encryption.ts';

/** The figures of one section; each stands beside the stage whose evidence it is drawn from. */
export interface SectionFigures {
  readonly key: KeyCardView | undefined;
  readonly table: TableEncryptionView | undefined;
  readonly readings: readonly ReadingView[];
  readonly denial: DenialView | undefined;
  readonly policy: PolicyChangeView | undefined;
}

export interface Figures {
  readonly access: AccessFigureView | undefined;
  ofStages(stageIds: readonly string[]): SectionFigures;
}

/** Draws every figure that the evidence allows. */
export function figuresOf(result: Result): Figures {
  const witnesses = witnessesOf(result);
  const key = keyCardView(witnesses);
  const table = tableEncryptionView(witnesses, key);
  const denial = denialView(witnesses);
  const readings = readingsOf(result, witnesses, table, denial);
  const policy = policyChangeView(witnesses, key);
  return {
    access: accessFigureView({ key, table, denial, readings, refusals: refusalViews(witnesses) }),
    ofStages(stageIds) {
      const here = <View extends { readonly witness: Witness }>(view: View | undefined) =>
        view && stageIds.includes(view.witness.stage.id) ? view : undefined;
      return {
        key: here(key),
        table: here(table),
        readings: readings.filter((reading) => here(reading)),
        denial: here(denial),
        policy: here(policy),
      };
    },
  };
}

/** What the owner sees, and what other principals saw behind passed findings, once they were let in. */
function readingsOf(
  result: Result,
  witnesses: readonly Witness[],
  table: TableEncryptionView | undefined,
  denial: DenialView | undefined,
): ReadingView[] {
  const owner = result.account.arn;
  const keyAttributes = table?.keyAttributes ?? [];
  const proven = witnesses.filter(({ check }) => check.verdict === 'pass');
  const byOwner = readingView(witnesses, keyAttributes, ({ principal }) => principal === owner);
  const others = denial ? [denial.principal] : proven.map(({ call }) => call.principal);
  const letInAt = Date.parse(denial?.at.iso ?? '');
  const byOthers = [...new Set(others)]
    .filter((principal) => principal !== owner)
    .map((other) =>
      readingView(
        proven,
        keyAttributes,
        ({ principal, at }) => principal === other && (!denial || Date.parse(at) > letInAt),
      ),
    );
  return [byOwner, ...byOthers].flatMap((reading) => reading ?? []);
}
