/** A user reads a table that a KMS key encrypts: what the deny and grant stages are about, and the trial of it. */
import { z } from 'zod';
import type { Account } from '../account.ts';
import type { CheckContext } from '../check.ts';
import { Failed, found } from '../expect.ts';
import { explainUserAccess } from '../iam/user-access.ts';
import { readUserPolicies, type userPolicyCalls } from '../iam/user-policies.ts';
import { NotJudged } from '../not-judged.ts';
import { type ExpectedDenial, type ProbeOutcome, tryAccess } from './experiment.ts';

/** What is called as the owner to learn of the scene and to control the trial, and as the user. */
export const tableReadCalls = [
  'dynamodb:DescribeTable',
  'dynamodb:Scan',
  'iam:GetUser',
  'kms:DescribeKey',
] as const;
export const tableReadProbes = ['dynamodb:DescribeTable', 'dynamodb:Scan'] as const;

/** Parameters of the checks that ask what a user sees of a table. */
export const tableReadParams = z.strictObject({
  user: z.string().describe('Name of the IAM user whose access is tried.'),
  table: z.string().describe('Name of the table.'),
  key: z.string().describe('Alias, id or ARN of the key that encrypts the table.'),
});

type Owner = Account<(typeof tableReadCalls)[number]>;

/** Who reads what: the table lies under the key. */
export interface Scene {
  readonly userName: string;
  readonly userArn: string;
  readonly userId: string;
  readonly table: string;
  readonly tableArn: string;
  readonly keyArn: string;
}

/**
 * @throws Failed when there is no table, key or user, or when the table is not under the key: then whether the user
 * may use the key does not matter yet; NotJudged when the encryption is still being switched after a while
 */
export async function readScene(
  account: Owner,
  poll: CheckContext<unknown, (typeof tableReadCalls)[number], never>['poll'],
  { table, user, key }: z.output<typeof tableReadParams>,
): Promise<Scene> {
  const { region, id } = account;
  const [{ Table }, { KeyMetadata }, { User }] = await Promise.all([
    found(
      poll(
        (ask) => ask.call('dynamodb:DescribeTable', { TableName: table }),
        (answer) => answer.Table?.SSEDescription?.Status !== 'UPDATING',
      ),
      `There is no table ${table} in ${region}.`,
    ),
    found(account.call('kms:DescribeKey', { KeyId: key }), `There is no key ${key} in ${region}.`),
    found(
      account.call('iam:GetUser', { UserName: user }),
      `There is no IAM user ${user} in the account ${id}.`,
    ),
  ]);
  const keyArn = KeyMetadata?.Arn ?? key;
  const tableKey = Table?.SSEDescription?.KMSMasterKeyArn;
  const status = Table?.SSEDescription?.Status;
  if (tableKey !== keyArn && status !== 'UPDATING') {
    throw new Failed(
      `${table} is not encrypted with ${key}, so whether ${user} may use the key does not matter yet.`,
      {
        expected: keyArn,
        actual: tableKey ?? 'AWS owned key',
      },
    );
  }
  if (status !== 'ENABLED') {
    throw new NotJudged(
      `The encryption of ${table} is still ${status}.`,
      'Wait half a minute, and run again.',
    );
  }
  const tableArn = Table?.TableArn ?? '';
  return { userName: user, userArn: User?.Arn ?? '', userId: User?.UserId ?? '', table, tableArn, keyArn };
}

/** The only refusal that says anything about the key. */
export function expectedDenial({ userArn, keyArn }: Scene): ExpectedDenial {
  return { principal: userArn, action: 'kms:Decrypt', resource: keyArn };
}

export interface Trial {
  readonly scene: Scene;
  readonly account: Owner;
  readonly actAs: (userName: string) => Promise<Account<(typeof tableReadProbes)[number]>>;
}

/**
 * Prepares the trial: the owner's control holds, and the returned function tries the user's read each time.
 *
 * @throws NotJudged when reading would prove nothing, or when there are no credentials of the user; CallError
 */
export async function prepareRead({
  scene,
  account,
  actAs,
}: Trial): Promise<() => Promise<ProbeOutcome<{ Count?: number }>>> {
  const { userName, userArn, table } = scene;
  if (account.arn === userArn) {
    throw new NotJudged(
      `You are checking as ${userName}, the user whose access is tried.`,
      'Check with your own credentials.',
    );
  }
  // The same read for owner and user, so that the one is the control of the other.
  const read = { TableName: table, Limit: 25 };
  const { Count } = await account.call('dynamodb:Scan', read);
  if (!Count) {
    throw new NotJudged(
      `${table} holds no item, so reading it proves nothing.`,
      'Put an item in, and run again.',
    );
  }
  const asUser = await actAs(userName);
  return () =>
    tryAccess({
      attempt: () => asUser.call('dynamodb:Scan', read),
      control: () => asUser.call('dynamodb:DescribeTable', { TableName: table }),
      expected: expectedDenial(scene),
    });
}

/** Whether the user's own policies allow the read and its control, so that DynamoDB refuses them only for a while. */
export async function reachesTable(
  account: Account<(typeof userPolicyCalls)[number]>,
  { userName, tableArn }: Scene,
): Promise<boolean> {
  const held = await readUserPolicies(account, userName);
  return tableReadProbes.every(
    (action) => explainUserAccess(held, action, tableArn, account).decision.effect === 'allowed',
  );
}

/**
 * Tries; where that is at odds with what the policies say, AWS is still spreading a change, and it is tried again until
 * something else comes of it or the run's patience is over.
 *
 * @param atOdds whether it is
 */
export async function settled<Outcome extends { readonly outcome: string }>(
  attempt: () => Promise<Outcome>,
  poll: CheckContext<unknown, never, never>['poll'],
  atOdds: (seen: Outcome) => Promise<boolean>,
): Promise<Outcome> {
  const seen = await attempt();
  return (await atOdds(seen)) ? poll(attempt, ({ outcome }) => outcome !== seen.outcome) : seen;
}
