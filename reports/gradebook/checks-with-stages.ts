import type { ClassCheck, ClassLearner, ClassResult, LearnerCheck } from '../../runner/class-result.ts';

export interface CheckOfStage {
  readonly stage: { readonly id: string; readonly title: string };
  readonly check: ClassCheck;
  /** `2.1`: the first check of the second stage. */
  readonly number: string;
  readonly finding: LearnerCheck;
}

/** A learner's findings in the lab's order, each with its check and stage. Empty when the account could not be reached. */
export function checksWithStages(lab: ClassResult['lab'], learner: ClassLearner): CheckOfStage[] {
  const findings = new Map(learner.checks.map((finding) => [finding.id, finding]));
  return lab.stages.flatMap((stage, at) =>
    stage.checks.flatMap((check, index) => {
      const finding = findings.get(check.id);
      return finding === undefined ? [] : [{ stage, check, number: `${at + 1}.${index + 1}`, finding }];
    }),
  );
}
