/** The permissions that the checks of a lab need: which the principal has, which it lacks, which nobody can tell. */
import type { Caller, Identity } from '../accounts/caller.ts';
import { namesIn, neededPermissions } from '../permissions/needed.ts';
import { simulate } from '../permissions/simulate.ts';
import { type ReadOutcome, tryDecrypt, tryReads } from '../permissions/try-read.ts';
import type { Step } from '../plan.ts';
import type { Item } from './item.ts';

export interface PermissionQuestions {
  readonly caller: Caller;
  readonly identity: Identity;
  readonly steps: readonly Step[];
}

const id = 'permissions';

/** @throws CallError when AWS does not answer */
export async function permissionItems({ caller, identity, steps }: PermissionQuestions): Promise<Item[]> {
  const { calls, optional, throughDynamoDb } = neededPermissions(steps);
  const names = namesIn(steps);
  const all = [...calls, ...optional];
  if (all.length === 0) return [];
  const simulated = await simulate(caller, identity, { actions: all });
  // A refusal on every resource may be none on the lab's: making the read decides.
  const open = all.filter((action) => !simulated?.has(action));
  const tried = await tryReads(caller, open, names);
  const outcome = (action: string): ReadOutcome => {
    if (!open.includes(action)) return 'permitted';
    const read = tried.get(action) ?? 'unknown';
    return read === 'unknown' && simulated ? 'refused' : read;
  };
  const those = (actions: readonly string[], wanted: ReadOutcome) =>
    actions.filter((action) => outcome(action) === wanted);

  const permitted = those(calls, 'permitted').length;
  const share =
    permitted === calls.length
      ? `All ${permitted} calls that the checks make are`
      : `${permitted} of the ${calls.length} calls that the checks make are`;
  const how = simulated ? 'says iam:SimulatePrincipalPolicy' : 'as harmless reads show';
  return [
    ...(permitted === 0 ? [] : [good(`${share} permitted, ${how}.`)]),
    ...those(calls, 'refused').map(
      (action): Item => ({
        id,
        state: 'missing',
        message: `The permission \`${action}\` is missing.`,
        advice: 'Add it to a policy of these credentials, or use others with `--profile`.',
      }),
    ),
    ...listed(those(calls, 'unknown'), 'unknown', (list) => ({
      message: `Whether these are permitted could not be asked: ${list}.`,
      advice: `Permit iam:SimulatePrincipalPolicy to have them asked, or go on: a check that lacks one says so.`,
    })),
    ...listed(those(optional, 'refused'), 'warning', (list) => ({
      message: `Without ${list}, hints name no near misses; nothing else depends on it.`,
    })),
    ...(await decryptItems({ caller, identity, actions: throughDynamoDb, table: names.table })),
  ];
}

interface DecryptQuestions {
  readonly caller: Caller;
  readonly identity: Identity;
  readonly actions: readonly string[];
  readonly table: string | undefined;
}

/** What DynamoDB needs on the caller's behalf: the key policy has its say, which IAM's simulation does not read. */
async function decryptItems({ caller, identity, actions, table }: DecryptQuestions): Promise<Item[]> {
  if (actions.length === 0) return [];
  const list = named(actions);
  const seen = table === undefined ? 'unknown' : await tryDecrypt(caller, table);
  if (seen === 'permitted') return [good(`${list} through DynamoDB is permitted: an item was read.`)];
  if (seen === 'refused') {
    const message = `${list} through DynamoDB is refused: the table's key does not let these credentials use it.`;
    const advice =
      'Make them a key user in the key policy, or permit it in an IAM policy that the key policy lets count.';
    return [{ id, state: 'missing', message, advice }];
  }
  const context = { 'kms:ViaService': `dynamodb.${caller.region}.amazonaws.com` };
  const simulated = await simulate(caller, identity, { actions, context });
  const later =
    'Only a table under the key with an item in it can show it; the stage that reads the items does.';
  if (simulated && actions.every((action) => simulated.has(action))) {
    return [
      good(
        `${list} through DynamoDB is permitted as far as IAM goes; the policy of the key has its say as well.`,
      ),
    ];
  }
  return [
    simulated
      ? {
          id,
          state: 'warning',
          message: `No IAM policy permits ${list}, so the policy of the key has to name these credentials.`,
          advice: later,
        }
      : { id, state: 'unknown', message: `Whether ${list} is permitted could not be asked.`, advice: later },
  ];
}

function good(message: string): Item {
  return { id, state: 'good', message };
}

/** One item for all of them; none for none. */
function listed(
  actions: readonly string[],
  state: Item['state'],
  say: (list: string) => Pick<Item, 'message' | 'advice'>,
): Item[] {
  return actions.length === 0 ? [] : [{ id, state, ...say(named(actions)) }];
}

function named(actions: readonly string[]): string {
  return actions.map((action) => `\`${action}\``).join(', ');
}
