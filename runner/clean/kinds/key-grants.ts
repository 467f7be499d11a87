/** Whose the grants on a key are: DynamoDB's for tables, the lab's user's, or somebody else's. */
import type { GrantListEntry } from '@aws-sdk/client-kms';
import type { Surroundings } from '../kind.ts';

export interface KeyGrants {
  /** Names of the tables for which DynamoDB holds a grant. */
  readonly tables: readonly string[];
  /** Grants of the lab's user, or of nobody any more. */
  readonly ofLab: readonly GrantListEntry[];
  readonly others: readonly GrantListEntry[];
}

export function grantsOn(
  grants: readonly GrantListEntry[],
  accountId: string,
  { isOfLab }: Surroundings,
): KeyGrants {
  const tables = new Set<string>();
  const ofLab: GrantListEntry[] = [];
  const others: GrantListEntry[] = [];
  for (const grant of grants) {
    const table = tableOf(grant, accountId);
    const user = userOf(grant, accountId);
    if (table !== undefined) tables.add(table);
    else if (user === undefined ? isOfNobody(grant) : isOfLab('iam.user', user)) ofLab.push(grant);
    else others.push(grant);
  }
  return { tables: [...tables], ofLab, others };
}

/** DynamoDB's grants name their table and account in the encryption context ("DynamoDB encryption at rest: usage notes"). */
function tableOf({ GranteePrincipal, Constraints }: GrantListEntry, accountId: string): string | undefined {
  if (!/^dynamodb\.([\w-]+\.)?amazonaws\.com(\.cn)?$/.test(GranteePrincipal ?? '')) return undefined;
  const context = Constraints?.EncryptionContextSubset ?? Constraints?.EncryptionContextEquals;
  return context?.['aws:dynamodb:subscriberId'] === accountId ? context['aws:dynamodb:tableName'] : undefined;
}

function userOf({ GranteePrincipal = '' }: GrantListEntry, accountId: string): string | undefined {
  const [, account, path] = /^arn:[\w-]+:iam::(\d{12}):user\/(.+)$/.exec(GranteePrincipal) ?? [];
  return account === accountId ? path?.split('/').at(-1) : undefined;
}

/** Inferred: as in policies, the unique id of a user or role stands where its ARN was once it is deleted. */
function isOfNobody({ GranteePrincipal = '' }: GrantListEntry): boolean {
  return /^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(GranteePrincipal);
}
