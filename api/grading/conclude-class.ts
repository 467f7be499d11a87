/** What is done once all learners are settled: results are signed, held against each other, and told as a class. */
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { ClassResult } from '../../runner/class-result.ts';
import { classResultOf } from '../../runner/grading/class-result-of.ts';
import { ClassSigner } from '../../runner/grading/class-signer.ts';
import { LearnerFolder } from '../../runner/grading/learner-folder.ts';
import { Suspicions } from '../../runner/grading/suspicions.ts';
import type { Policy } from '../../runner/grading-policy/policy.ts';
import { policyWords } from '../../runner/grading-policy/policy-words.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import type { ClassOverrides } from '../../runner/overrides/class-overrides.ts';
import type { Learner } from '../../runner/roster/roster.ts';
import { learnerPage } from './learner-documents.ts';
import { writeClass } from './write-class.ts';

export interface ConcludeClassOptions {
  readonly lab: Lab;
  /** All of the roster, in its order. */
  readonly learners: readonly Learner[];
  /** The folder of the class. */
  readonly out: string;
  readonly grading: { readonly id: string; readonly startedAt: string };
  /** Absent where none was given: nothing is late then, and the best attempt counts. */
  readonly policy: { readonly given: boolean; readonly policy: Policy };
  readonly overrides?: ClassOverrides | undefined;
  /** Private; with it results are signed. */
  readonly key?: KeyObject | undefined;
}

export interface ConcludedClass {
  readonly result: ClassResult;
  /** Those that people open. */
  readonly files: readonly string[];
}

/** May be repeated for the same grading, and comes to the same. @throws the writing error */
export async function concludeClass(options: ConcludeClassOptions): Promise<ConcludedClass> {
  const { lab, learners, out, grading, policy, overrides, key } = options;
  const chain = join(out, 'signed', `${grading.id}.jsonl`);
  const signer = key && (await ClassSigner.open(chain, key));
  const suspicions = new Suspicions();
  const told = await classResultOf({
    lab,
    learners,
    out,
    policy: policy.policy,
    ...(policy.given && { policyWords: policyWords(policy.policy) }),
    overrides,
    page: learnerPage,
    startedAt: grading.startedAt,
    async onLearner(learner, standing, last) {
      const recording = await new LearnerFolder(out, learner.id).recordingDigest(last.grading);
      suspicions.add(learner, standing, recording);
      // Those who were left as they were are in the chain of the grading that judged them.
      if (last.at >= grading.startedAt) await signer?.sign(last, recording);
    },
  });
  const doubles = suspicions
    .found()
    .map((one) => ({ ...one, learners: [...one.learners], shown: [...one.shown] }));
  const result = doubles.length > 0 ? { ...told, doubles } : told;
  return { result, files: [...(await writeClass(out, result)), ...(signer ? [chain] : [])] };
}
