/** Opens learners' accounts as an instructor does: through the role, with the session cut down to the lab's calls. */
import type { AccessKey } from '../../../runner/accounts/access-key.ts';
import { openAccountAt } from '../../../runner/accounts/open-account.ts';
import type { LearnerAccount } from '../../../runner/grading/grade-learner.ts';
import type { Learner } from '../../../runner/grading/learner-result.ts';
import { learnerOpener } from '../../../runner/grading/open-learner.ts';
import type { Lab } from '../../../runner/lab/lab.ts';

export interface Instructor {
  readonly region: string;
  readonly endpoint: string;
  readonly key: AccessKey;
}

/** A line of the roster. */
export interface RosterLearner extends Learner {
  readonly account: string;
  readonly role: string;
  readonly externalId: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface OpenLearnerOptions {
  readonly lab: Lab;
  readonly instructor: Instructor;
  /** Of journals of temporary keys. */
  readonly folder: string;
}

/** For the learners of one grading. */
export function classOpener({ lab, instructor: { region, endpoint, key }, folder }: OpenLearnerOptions) {
  const open = learnerOpener({
    lab,
    out: folder,
    keys: true,
    openEntrance: async (_, connections) =>
      openAccountAt({ region, endpoint, credentials: key, connections }),
  });
  return (
    { id, role: arn, externalId, params }: RosterLearner,
    signal?: AbortSignal,
  ): Promise<LearnerAccount> => open({ id, params, access: { kind: 'role', arn, externalId } }, signal);
}
