/** Reads what is asked about: a key by any of its names, a table by its name, anything else by its ARN. */
import type { Account } from '../../checks/account.ts';
import { found } from '../../checks/expect.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { QuestionError } from './question-error.ts';

/** The calls that {@link readResource} makes. */
export const resourceCalls = ['kms:DescribeKey', 'dynamodb:DescribeTable'] as const;

/** The account in the resource's Region. */
type There<Calls extends (typeof resourceCalls)[number]> = Account<Calls>;

export type KnownResource =
  | { readonly kind: 'key'; readonly arn: string; readonly region: string }
  | {
      readonly kind: 'table';
      readonly arn: string;
      readonly region: string;
      readonly table: string;
      /** The key under which its items lie, if it is a customer managed one. */
      readonly customerKey?: string;
    }
  | { readonly kind: 'other'; readonly arn: string; readonly region: string };

const keyName = /^(alias\/[\w/-]{1,250}|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const keyArn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):(?:key\/([\w-]+)|(alias\/[\w/-]+))$/;
/** A table, or what belongs to it: an index, a stream, a backup. */
const tableArn = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([\w.-]+)(\/.*)?$/;
const tableName = /^[\w.-]{3,255}$/;
const anyArn = /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):(\d{12}|aws|):[\x21-\x7e]+$/;

/** @throws QuestionError when it is not there or no such name; NotJudged for another account's; CallError */
export async function readResource(
  text: string,
  action: string,
  account: Account<(typeof resourceCalls)[number]>,
): Promise<KnownResource> {
  const service = action.slice(0, action.indexOf(':'));
  const [, keyRegion, keyAccount] = keyArn.exec(text) ?? [];
  const [, tableRegion, tableAccount, table, part = ''] = tableArn.exec(text) ?? [];
  const [, otherRegion, otherAccount] = anyArn.exec(text) ?? [];
  requireOwn(keyAccount ?? tableAccount ?? otherAccount, text, account);
  if (text === '*') return { kind: 'other', arn: text, region: account.region };
  if (keyRegion || (service === 'kms' && keyName.test(text))) {
    return readKey(text, account.inRegion(keyRegion ?? account.region));
  }
  if (tableRegion && table) return readTable(table, part, account.inRegion(tableRegion));
  if (service === 'dynamodb' && tableName.test(text)) return readTable(text, '', account);
  if (anyArn.test(text)) return { kind: 'other', arn: text, region: otherRegion || account.region };
  throw new QuestionError(`"${text}" is not a resource for ${action}. ${formsFor(service)}`);
}

/** The name of the table that `--through` names. @throws QuestionError */
export function throughTable(text: string): string {
  const table = tableArn.exec(text)?.[3] ?? text;
  if (tableName.test(table)) return table;
  throw new QuestionError(`"${text}" is not the name or ARN of a table.`);
}

function requireOwn(owner: string | undefined, text: string, account: Account<never>): void {
  if (!owner || owner === account.id || owner === 'aws') return;
  throw new NotJudged(
    `${text} belongs to the account ${owner}, whose policies decide as well and cannot be read from ${account.id}.`,
    'Ask with credentials of that account what it lets others do.',
  );
}

async function readKey(name: string, there: There<'kms:DescribeKey'>): Promise<KnownResource> {
  const { KeyMetadata } = await found(
    there.call('kms:DescribeKey', { KeyId: name }),
    `There is no key ${name} in ${there.region}.`,
  );
  return { kind: 'key', arn: KeyMetadata?.Arn ?? name, region: there.region };
}

async function readTable(
  table: string,
  part: string,
  there: There<(typeof resourceCalls)[number]>,
): Promise<KnownResource> {
  const { Table } = await found(
    there.call('dynamodb:DescribeTable', { TableName: table }),
    `There is no table ${table} in ${there.region}.`,
  );
  const key = Table?.SSEDescription?.KMSMasterKeyArn;
  // DescribeTable shows AWS managed and customer managed keys alike; only KMS tells them apart.
  if (key) requireOwn(key.split(':')[4], `The key of ${table}, ${key},`, there);
  const described = key && (await there.call('kms:DescribeKey', { KeyId: key }));
  const isCustomers = described && described.KeyMetadata?.KeyManager === 'CUSTOMER';
  return {
    kind: 'table',
    arn: `${Table?.TableArn ?? ''}${part}`,
    region: there.region,
    table,
    ...(isCustomers && { customerKey: key }),
  };
}

function formsFor(service: string): string {
  if (service === 'kms') return 'Write a key id, an alias such as alias/my-key, or an ARN.';
  if (service === 'dynamodb') return 'Write the name of a table, or an ARN.';
  return 'Write its ARN, or "*" for actions that are not about a single resource.';
}
