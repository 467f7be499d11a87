import { resolve } from 'node:path';
import { StateFolder } from '../runner/state/state-folder.ts';

/** The learner's folder for a lab, below the folder they work in. */
export function stateOf(labId: string, base = '.labwright'): StateFolder {
  return new StateFolder(resolve(base, labId));
}
