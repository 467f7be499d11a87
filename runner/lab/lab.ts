import type { Check, CheckBasis } from '../../checks/check.ts';
import type { CheckEntry, LabFile, LabStage } from './schema.ts';

/** One check as a lab uses it. */
export interface LabCheck
  extends Omit<CheckEntry, 'check' | 'title' | 'undone-by' | 'explained-by' | 'accepts'> {
  readonly check: Check;
  /** What holds when it passes; the check's own title unless the lab gives it another. */
  readonly title: string;
  /** Ids of later stages that take this check's pass away again. */
  readonly undoneBy: readonly string[];
  /** Names of earlier checks whose failing explains a fail of this one. */
  readonly explainedBy: readonly string[];
  /** The ways to an answer that count, where the check has several. */
  readonly accepts: ReadonlySet<CheckBasis>;
}

export interface Stage extends Omit<LabStage, 'checks' | 'section' | 'undone-by'> {
  readonly section: string;
  readonly checks: readonly LabCheck[];
}

/** A lab that can be run: its file is valid and every reference leads somewhere. */
export interface Lab extends Omit<LabFile, 'stages'> {
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
  readonly stages: readonly Stage[];
}

/** Headings of the write-up in order: those of the lab's own questions, then the stages'. */
export function sectionsOf(lab: Lab): string[] {
  return [
    ...new Set([
      ...lab.questions.map((question) => question.section),
      ...lab.stages.map((stage) => stage.section),
    ]),
  ];
}

/** The ways to an answer that count for a check: only one that tries as somebody else has a choice. */
export function acceptedWays({ check, accepts }: LabCheck): readonly CheckBasis[] {
  return check.probes.length > 0 ? [...accepts] : [check.basis];
}
