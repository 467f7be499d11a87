import type { Lab } from '../lab/lab.ts';
import type { Path } from '../lab/yaml-file.ts';

/** Where in the lab file the check of a step stands. @param step its id: the stage's, and the number of the check (`key/0`) */
export function stepPlace({ stages }: Lab, step: string): Path {
  const [stage, index] = step.split('/');
  return ['stages', stages.findIndex(({ id }) => id === stage), 'checks', Number(index), 'check'];
}
