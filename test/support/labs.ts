/** The labs of the repository, found in the tree: a new one is tested without touching any test. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { registry } from '../../checks/registry.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { loadLab } from '../../runner/lab/load-lab.ts';
import { loadProof } from '../../runner/proof/load-proof.ts';
import type { Proof } from '../../runner/proof/schema.ts';

const folder = new URL('../../labs/', import.meta.url);

export const labFolders: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => fileURLToPath(new URL(`${entry.name}/`, folder)));

export async function readLab(path: string): Promise<{ lab: Lab; proof: Proof }> {
  const lab = await loadLab(`${path}lab.yaml`, registry);
  return { lab, proof: await loadProof(`${path}proof.yaml`, lab) };
}

/** The first lab, which many tests use as their example. */
export const firstLab = fileURLToPath(new URL('encrypt-data-with-kms/', folder));
