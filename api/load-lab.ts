import type { Check } from '../checks/check.ts';
import type { Lab } from '../runner/lab/lab.ts';

export interface LoadLabOptions {
  /** Checks of your own that the lab uses, as `defineCheck` made them. */
  readonly checks?: readonly Check[];
}

/**
 * Reads a lab and holds it to everything that can be known before a call is made.
 *
 * @param name the id of a lab that comes with Labwright, a lab file, or a folder that holds a `lab.yaml`
 * @throws LabNotFound; LabProblems with every problem of the file; ChecksProblem
 */
export async function loadLab(name: string, options: LoadLabOptions = {}): Promise<Lab> {
  return (await import('./read-lab.ts')).readLab(name, options);
}
