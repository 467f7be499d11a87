/** The experiment of the deny and grant stages: a user reads a table that a KMS key encrypts. */
import { z } from 'zod';
import type { Account } from '../account.ts';
import { Failed, found } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { type ProbeOutcome, probe } from './experiment.ts';

/** What the experiment calls as the owner, and as the user. */
export const tableReadCalls = [
  'dynamodb:DescribeTable',
  'dynamodb:Scan',
  'iam:GetUser',
  'kms:DescribeKey',
] as const;
export const tableReadProbes = ['dynamodb:DescribeTable', 'dynamodb:Scan'] as const;

/** Parameters of the checks that make the experiment. */
export const tableReadParams = z.strictObject({
  user: z.string().describe('Name of the IAM user whose access is tried.'),
  table: z.string().describe('Name of the table.'),
  key: z.string().describe('Alias, id or ARN of the key that encrypts the table.'),
});

interface TableRead extends z.output<typeof tableReadParams> {
  readonly account: Account<(typeof tableReadCalls)[number]>;
  readonly actAs: (userName: string) => Promise<Account<(typeof tableReadProbes)[number]>>;
}

/** The same read for owner and user, so that the one is the control of the other. */
const read = (table: string) => ({ TableName: table, Limit: 25 });

/**
 * Prepares the experiment: the owner's controls hold, and the returned function makes the user's.
 *
 * @throws Failed when there is no table, key or user, or when the table is not under the key: then a probe would
 * prove nothing; NotJudged while the encryption is being switched, or when there is no item to read
 */
export async function prepareTableRead(
  experiment: TableRead,
): Promise<() => Promise<ProbeOutcome<{ Count?: number }>>> {
  const { account, actAs, table, user, key } = experiment;
  const { region, id } = account;
  if (account.arn.endsWith(`:user/${user}`)) {
    throw new NotJudged(
      `You are checking as ${user}, the user whose access is tried.`,
      'Check with your own credentials.',
    );
  }
  const [{ Table }, arn, { User }, { Count }] = await Promise.all([
    found(
      account.call('dynamodb:DescribeTable', { TableName: table }),
      `There is no table ${table} in ${region}.`,
    ),
    found(keyArn(account, key), `There is no key ${key} in ${region}.`),
    found(
      account.call('iam:GetUser', { UserName: user }),
      `There is no IAM user ${user} in the account ${id}.`,
    ),
    found(account.call('dynamodb:Scan', read(table)), `There is no table ${table} in ${region}.`),
  ]);
  const expected = { principal: User?.Arn ?? '', action: 'kms:Decrypt', resource: arn };
  const tableKey = Table?.SSEDescription?.KMSMasterKeyArn;
  const switching = Table?.SSEDescription?.Status === 'UPDATING';
  if (tableKey !== expected.resource && !switching) {
    throw new Failed(
      `${table} is not encrypted with ${key}, so whether ${user} may use the key does not matter yet.`,
      {
        expected: expected.resource,
        actual: tableKey ?? 'AWS owned key',
      },
    );
  }
  if (Table?.SSEDescription?.Status !== 'ENABLED') {
    throw new NotJudged(
      `The encryption of ${table} is ${Table?.SSEDescription?.Status}.`,
      'Wait half a minute, and run again.',
    );
  }
  if (!Count) {
    throw new NotJudged(
      `${table} holds no item, so reading it proves nothing.`,
      'Put an item in, and run again.',
    );
  }
  const asUser = await actAs(user);
  return async () => {
    const [outcome, control] = await Promise.all([
      probe(() => asUser.call('dynamodb:Scan', read(table)), expected),
      probe(() => asUser.call('dynamodb:DescribeTable', { TableName: table }), expected),
    ]);
    if (control.outcome !== 'allowed' && outcome.outcome !== 'allowed') {
      const why = 'why' in control ? control.why : control.text;
      return { outcome: 'denied for another reason', why: `${user} does not reach DynamoDB at all: ${why}` };
    }
    return outcome;
  };
}

/** The ARN of a key named by alias, id or ARN; an ARN is not asked for again. */
export async function keyArn(account: Account<'kms:DescribeKey'>, key: string): Promise<string> {
  if (key.startsWith('arn:')) return key;
  const { KeyMetadata } = await account.call('kms:DescribeKey', { KeyId: key });
  return KeyMetadata?.Arn ?? key;
}
