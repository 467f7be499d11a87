/** What `labwright clean --json` prints. */
import type { Identity } from '../runner/accounts/caller.ts';
import type { Looked, Outcome } from '../runner/clean/clean.ts';
import type { Lab } from '../runner/lab/lab.ts';

export interface CleanReportOptions {
  readonly lab: Lab;
  readonly account: {
    readonly id: string;
    readonly arn: Identity['arn'];
    readonly region: string;
    readonly kind: string;
  };
  readonly dryRun: boolean;
  readonly interrupted: boolean;
  readonly looked: readonly Looked[];
  /** One for each thing that was looked at, in the same order. */
  readonly outcomes: readonly Outcome[];
}

export function cleanReport({ lab, account, dryRun, interrupted, looked, outcomes }: CleanReportOptions) {
  return {
    schema: 'labwright/clean/v1',
    lab: { id: lab.id, title: lab.title },
    account,
    dryRun,
    interrupted,
    things: outcomes.map((outcome, at) => ({ ...foundOf(looked[at]), ...outcomeOf(outcome) })),
  };
}

function foundOf(looked: Looked | undefined) {
  const { sight } = looked ?? {};
  if (!sight?.there) return {};
  const { id, about, loses, stops, doubts } = sight;
  return { id, about, loses, stops, doubts };
}

function outcomeOf({ thing, ...outcome }: Outcome) {
  const { kind, name, because } = thing;
  const { fault, ...rest } = 'fault' in outcome ? outcome : { ...outcome, fault: undefined };
  const error = fault && { call: fault.call, code: fault.code, message: fault.message };
  return { kind, name, because, ...rest, ...(error && { error }) };
}
