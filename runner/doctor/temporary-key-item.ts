/** Whether `--probe key` would work. No key is made to find out. */
import { CallError, isAbsent, isAccessDenied } from '../../checks/call.ts';
import type { Caller, Identity } from '../accounts/caller.ts';
import { usersIn } from '../permissions/needed.ts';
import { simulate } from '../permissions/simulate.ts';
import type { Step } from '../plan.ts';
import type { Item } from './item.ts';

const id = 'temporary-key';
const actions = ['iam:ListAccessKeys', 'iam:CreateAccessKey', 'iam:DeleteAccessKey'];
const otherWays = 'Use `--probe profile:NAME` or `--probe history` instead.';

export interface TemporaryKeyQuestions {
  readonly caller: Caller;
  readonly identity: Identity;
  readonly steps: readonly Step[];
}

/** @returns one for each user; none for labs that try nobody. @throws CallError when AWS does not answer */
export async function temporaryKeyItems(questions: TemporaryKeyQuestions): Promise<Item[]> {
  const { steps } = questions;
  if (!steps.some(({ check }) => check.probes.length > 0)) return [];
  return Promise.all(usersIn(steps).map((user) => temporaryKeyItem(questions, user)));
}

async function temporaryKeyItem({ caller, identity }: TemporaryKeyQuestions, user: string): Promise<Item> {
  const there = await keysOf(caller, user);
  if (there !== undefined && there >= 2) {
    const message = `${user} has two access keys, as many as AWS allows: \`--probe key\` cannot make a temporary one.`;
    return { id, state: 'warning', message, advice: `Delete one that is not needed. ${otherWays}` };
  }
  const [, partition] = identity.arn.split(':');
  const resource = `arn:${partition}:iam::${identity.accountId}:user/${user}`;
  const allowed = await simulate(caller, identity, { actions, resource });
  if (!allowed) {
    const message = `Whether \`--probe key\` may make a temporary access key of ${user} could not be asked without making one.`;
    return {
      id,
      state: 'warning',
      message,
      advice: `Permit iam:SimulatePrincipalPolicy to have it asked. ${otherWays}`,
    };
  }
  const lacking = actions.filter((action) => !allowed.has(action));
  if (lacking.length === 0) {
    return {
      id,
      state: 'good',
      message: `A temporary access key of ${user} could be made and deleted for \`--probe key\`.`,
    };
  }
  const list = lacking.map((action) => `\`${action}\``).join(', ');
  const message = `\`--probe key\` would not work: ${list} on ${user} is missing.`;
  return { id, state: 'warning', message, advice: otherWays };
}

/** How many access keys the user has; undefined when that may not be asked, or there is no such user yet. */
async function keysOf(caller: Caller, UserName: string): Promise<number | undefined> {
  try {
    const { output } = await caller.send('iam:ListAccessKeys', { UserName });
    return ((output.AccessKeyMetadata ?? []) as unknown[]).length;
  } catch (error) {
    if (error instanceof CallError && (isAbsent(error) || isAccessDenied(error))) return undefined;
    throw error;
  }
}
