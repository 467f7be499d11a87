/** Finds a lab by id among those that come with Labwright, or by its file, and reads it. */
import { relative } from 'node:path';
import type { Check } from '../checks/check.ts';
import { withOwnChecks } from '../checks/own-checks.ts';
import { registry } from '../checks/registry.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { labFile, proofFileOf, shippedLabs } from '../runner/lab/lab-file.ts';
import { loadLab } from '../runner/lab/load-lab.ts';
import type { ChecksFlags } from './options/checks.ts';

/** Ids of the labs that come with Labwright. */
export async function labIds(): Promise<string[]> {
  return shippedLabs();
}

export interface FoundLab {
  readonly lab: Lab;
  /** The proof beside the lab file, which need not be there. */
  readonly proofFile: string;
}

/**
 * @param name an id, a lab file, or a folder that holds one
 * @throws LabNotFound when there is no such lab; LabProblems when its file is wrong; ChecksProblem when the user's own checks are
 */
export async function findLab(name: string, { checks = [] }: ChecksFlags = {}): Promise<FoundLab> {
  const file = labFile(name);
  const shown = relative(process.cwd(), file);
  const lab = await loadLab(file, await registryWith(checks), shown.startsWith('..') ? file : shown);
  return { lab, proofFile: proofFileOf(file) };
}

/** Only what the user names is loaded: a lab file is data, and says nothing of code. */
async function registryWith(names: readonly string[]): Promise<ReadonlyMap<string, Check>> {
  if (names.length === 0) return registry;
  const { loadChecks } = await import('../runner/own-checks/load-checks.ts');
  return withOwnChecks(registry, await Promise.all(names.map((name) => loadChecks(name, process.cwd()))));
}
