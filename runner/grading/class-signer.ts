/** Signs the results of a grading, learner by learner, into one chain that can be gone on with after a kill. */
import type { KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Chain } from '../integrity/chain.ts';
import type { LearnerResult } from './learner-result.ts';
import { signedLearners } from './signed-learners.ts';

export class ClassSigner {
  readonly #chain: Chain;
  readonly #signed: Set<string>;

  private constructor(chain: Chain, signed: Set<string>) {
    this.#chain = chain;
    this.#signed = signed;
  }

  /** @param file the chain of this grading; it need not be there yet */
  static async open(file: string, key: KeyObject): Promise<ClassSigner> {
    await mkdir(dirname(file), { recursive: true });
    const chain = await Chain.open(file, key);
    return new ClassSigner(chain, await signedLearners(file));
  }

  /** Nothing is signed twice, and nothing where nothing was judged. @param recording digest of the recording's file */
  async sign({ learner: { id }, result }: LearnerResult, recording?: string): Promise<void> {
    if (!result || this.#signed.has(id)) return;
    await this.#chain.add(result, { learner: id, ...(recording !== undefined && { recording }) });
    this.#signed.add(id);
  }
}
