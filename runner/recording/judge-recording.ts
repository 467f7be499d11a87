import type { Lab } from '../lab/lab.ts';
import { planRun } from '../plan.ts';
import { runPlan } from '../run.ts';
import type { Attempt } from '../state/attempt.ts';
import type { Recording } from './recording.ts';
import { replay } from './replay.ts';

/**
 * What the lab's checks of today say of a recorded run. No AWS call is made, and nothing is waited for. Stages and names that
 * the lab does not have any more are left out.
 *
 * @throws PlanError for a name that a check of today does not take
 */
export async function judgeRecording(lab: Lab, recording: Recording): Promise<Attempt> {
  const { run } = recording;
  const params = Object.entries(run.params).filter(([name]) => Object.hasOwn(lab.params, name));
  const chosen = run.chosen.filter((id) => lab.stages.some((stage) => stage.id === id));
  const { owner, prober } = replay(recording);
  const { id: accountId, arn, region } = run.account;
  const attempt = await runPlan({
    plan: planRun(lab, Object.fromEntries(params), chosen),
    caller: owner,
    identity: { accountId, arn },
    kind: 'recording',
    prober,
    ways: new Set(run.ways),
    earlierOutputs: new Map(Object.entries(run.earlierOutputs)),
    patienceMs: run.patienceMs,
    ...(run.inOrder && { inOrder: true }),
    recorded: run,
  });
  return { ...attempt, account: { id: accountId, arn, region, kind: 'recording' } };
}
