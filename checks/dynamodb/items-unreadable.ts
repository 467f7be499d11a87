import { z } from 'zod';
import { CallError } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';

/**
 * DynamoDB's words around KMS's, for reads of a table whose key does not work: ValidationException, `KMS key disabled error:
 * ...DisabledException: <arn> is disabled. (...)` or `KMS validation error: ...KMSInvalidStateException: <arn> is pending
 * deletion. (...)` (observed on AWS, aws-controllers-k8s/dynamodb-controller DDB-TABLE-331 and -333).
 */
const keyTrouble = /^KMS (?:key disabled|validation) error: .*?(arn:\S+) is (disabled|pending deletion)\./s;

export const itemsUnreadable = defineCheck({
  id: 'dynamodb/items-unreadable',
  title: 'Not even the owner reads the items while their key is disabled',
  calls: ['dynamodb:DescribeTable', 'dynamodb:Scan', 'kms:DescribeKey'],
  alsoNeeds: ['kms:Decrypt'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
    key: z
      .string()
      .describe('Alias, id or ARN of the key that the table is encrypted under, and that is to be disabled.'),
  }),
  outputs: z.object({ code: z.string(), refusal: z.string() }),
  async run({ params, account, found }) {
    const { table, key } = params;
    const noTable = `There is no table ${table} in ${account.region}.`;
    const [{ KeyMetadata }, { Table }] = await Promise.all([
      found(account.call('kms:DescribeKey', { KeyId: key }), `There is no key ${key} in ${account.region}.`),
      found(account.call('dynamodb:DescribeTable', { TableName: table }), noTable),
    ]);
    const { Arn, KeyId, KeyState } = KeyMetadata ?? {};
    if (!Arn) throw new Error('DescribeKey answered without KeyMetadata.');
    const tableKey = Table?.SSEDescription?.KMSMasterKeyArn;
    if (tableKey !== Arn) {
      throw new Failed(`${table} is not encrypted under the key ${KeyId}.`, {
        expected: Arn,
        actual: tableKey ?? 'AWS owned key',
      });
    }
    const state = `the key ${KeyId} is in the state ${KeyState}`;
    const expected = 'refused, because the key is disabled';
    const scan = account.call('dynamodb:Scan', { TableName: table, Limit: 1 });
    const refusal = await found(refusalFor(scan, Arn), noTable);
    if (!refusal && KeyState === 'Disabled') {
      // "DynamoDB encryption at rest: How it works": table keys are cached for each caller for about five minutes.
      throw new NotJudged(
        `A scan of ${table} is still answered, although ${state}.`,
        'DynamoDB remembers for about five minutes that you were let in. Wait, and check again.',
      );
    }
    if (!refusal) {
      throw new Failed(`A scan of ${table} is answered: ${state}.`, { expected, actual: 'answered' });
    }
    if (refusal.state !== 'disabled') {
      throw new Failed(`A scan of ${table} is refused because its key is ${refusal.state}.`, {
        expected,
        actual: `refused, because the key is ${refusal.state}`,
      });
    }
    if (KeyState !== 'Disabled') {
      throw new NotJudged(
        `A scan of ${table} is refused because its key is disabled, but ${state}.`,
        'AWS is still spreading the change. Wait a minute, and check again.',
      );
    }
    const { code, text } = refusal;
    return {
      message: `A scan of ${table} by its owner is refused, because the key ${KeyId} is disabled (${code}).`,
      outputs: { code, refusal: text },
    };
  },
});

/** What of the key kept a read from being answered; undefined where it was answered. @throws CallError of any other refusal */
async function refusalFor(read: Promise<unknown>, keyArn: string) {
  try {
    await read;
    return undefined;
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'ValidationException') throw error;
    const [, arn, state] = keyTrouble.exec(error.message) ?? [];
    if (arn !== keyArn) throw error;
    return { state, code: error.code, text: error.message };
  }
}
