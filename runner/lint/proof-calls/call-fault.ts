import type { Path } from '../../lab/yaml-file.ts';

/** What is wrong with a call of a proof. */
export interface CallFault {
  /** Within the step. */
  readonly path: Path;
  readonly where: 'key' | 'value';
  readonly message: string;
  readonly fix: string;
}
