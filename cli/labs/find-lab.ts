/** Finds a lab by id among those that come with Labwright, or by its file, and reads it. */
import { relative } from 'node:path';
import type { Lab } from '../../runner/lab/lab.ts';
import { labFile, proofFileOf, shippedLabs } from '../../runner/lab/lab-file.ts';
import { loadLab } from '../../runner/lab/load-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { knownChecks } from './known-checks.ts';

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
  const lab = await loadLab(file, await knownChecks(checks), shown.startsWith('..') ? file : shown);
  return { lab, proofFile: proofFileOf(file) };
}
