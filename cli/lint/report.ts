import type { Diagnostic, Severity } from '../../runner/lint/diagnostic.ts';

/** What was found in all labs that were looked at. */
export interface LintReport {
  /** The lab files, as diagnostics call them. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How many there are of each severity. */
export function countsOf({ diagnostics }: LintReport): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}
