/** Why access is as it is, and what would change it, under a finding that did not pass. */
import type { CheckResult } from '../../runner/result.ts';
import { printPolicy } from '../policy-text.ts';

type Explanation = NonNullable<CheckResult['explanation']>;

interface StepView {
  readonly what: string;
  /** A policy statement, printed. */
  readonly statement: string | undefined;
  readonly command: string | undefined;
}

interface RemedyView extends StepView {
  /** Counted from 1. */
  readonly number: number;
  /** What is needed besides. */
  readonly also: readonly StepView[];
}

export interface ExplanationView {
  readonly because: readonly string[];
  readonly lead: string;
  readonly remedies: readonly RemedyView[];
}

export function explanationView({ because, remedies }: Explanation): ExplanationView {
  return {
    because,
    lead: `What would change it${remedies.length > 1 ? ', least privilege first' : ''}`,
    remedies: remedies.map((remedy, at) => ({
      ...stepView(remedy),
      number: at + 1,
      also: (remedy.also ?? []).map(stepView),
    })),
  };
}

function stepView({ what, statement, command }: Omit<Explanation['remedies'][number], 'also'>): StepView {
  return { what, statement: statement === undefined ? undefined : printPolicy(statement), command };
}
