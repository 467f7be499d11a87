import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type { Account } from '../../../checks/account.ts';
import { isAbsent } from '../../../checks/call.ts';
import { allPages, kmsMarker } from '../../../checks/pages.ts';
import type { Gone, Kind, Sight, Surroundings } from '../kind.ts';
import { grantsOn, type KeyGrants } from './key-grants.ts';

/** KMS takes 7 to 30 days ("Schedule key deletion", KMS developer guide). */
const pendingWindowInDays = 7;

// "AWS Key Management Service pricing": the price, and that a key which is scheduled for deletion costs nothing.
const costs = 'KMS charges about 1 USD a month for a key, until its deletion is scheduled.';
const pendingCosts =
  'KMS does not charge for a key that is scheduled for deletion; if you cancel the deletion, it charges for that time as well.';

export const kmsKey: Kind = {
  reads: ['kms:DescribeKey', 'kms:ListAliases', 'kms:ListGrants'],
  writes: ['kms:RevokeGrant', 'kms:ScheduleKeyDeletion', 'kms:DeleteAlias'],
  async look({ name: alias, seen }, account, surroundings) {
    const key = await describe(account, alias);
    if (!key?.Arn) return lookWithoutAlias(alias, seen, account);
    const arn = key.Arn;
    const pending = isPending(key);
    const customer = key.KeyManager === 'CUSTOMER';
    // Of a key that is AWS's own there is nothing to be asked.
    const isOther = (one: string) => one !== alias && !surroundings.isOfLab('kms.key', one);
    const others = customer ? (await aliasesOf(account, arn)).filter(isOther) : [];
    const held = grantsOn(customer ? await readGrants(account, arn) : [], account.id, surroundings);
    return {
      there: true,
      id: arn,
      about: pending ? `${arn}, scheduled for deletion on ${dateOf(key)}` : `${arn}, ${key.KeyState}`,
      loses: pending ? [`the alias ${alias}`] : lossesOf(alias, held),
      stops: stopsOf(key, others, held, alias, surroundings),
      doubts: [],
      costs: pending ? pendingCosts : costs,
      async remove(able, work) {
        if (!pending) {
          for (const grant of held.ofLab) {
            await work.step(`revoked the grant ${grant.GrantId}`, () =>
              able.call('kms:RevokeGrant', { KeyId: arn, GrantId: grant.GrantId }),
            );
          }
          // The alias goes after this: if it went first and we were stopped, no name would lead to the key any more.
          await work.step(`scheduled the deletion of ${arn}`, () =>
            able.call('kms:ScheduleKeyDeletion', { KeyId: arn, PendingWindowInDays: pendingWindowInDays }),
          );
        }
        await work.step(`deleted the alias ${alias}`, () =>
          able.call('kms:DeleteAlias', { AliasName: alias }),
        );
        let last: KeyMetadata | undefined;
        await work.until(async () => {
          last = await describe(able, arn);
          return (last === undefined || isPending(last)) && (await describe(able, alias)) === undefined;
        }, `The key ${arn} is not seen to be scheduled for deletion, or its alias is still there.`);
        return last ? goneOf(last) : { says: 'gone' };
      },
    };
  },
};

/** A key that lost its alias is not ours to remove, but it must not be forgotten: it costs. */
async function lookWithoutAlias(alias: string, seen: readonly string[], account: Account): Promise<Sight> {
  for (const arn of seen) {
    const key = await describe(account, arn);
    if (!key) continue;
    if (isPending(key)) return { there: false, rest: goneOf(key) };
    return {
      there: true,
      id: arn,
      about: `${arn}, ${key.KeyState}`,
      loses: [],
      stops: [
        `An earlier check found it behind ${alias}, which leads nowhere now. If it is the lab's, schedule its deletion: \`aws kms schedule-key-deletion --key-id ${arn} --pending-window-in-days ${pendingWindowInDays}\`.`,
      ],
      doubts: [],
      costs,
      remove: async () => goneOf(key),
    };
  }
  return { there: false };
}

function goneOf(key: KeyMetadata): Gone {
  const until = key.DeletionDate?.toISOString();
  return {
    says: `${key.Arn} is scheduled for deletion on ${dateOf(key)}; until then you can cancel that`,
    costs: pendingCosts,
    ...(until && { until }),
  };
}

function stopsOf(
  key: KeyMetadata,
  others: readonly string[],
  held: KeyGrants,
  alias: string,
  { goes }: Surroundings,
): string[] {
  if (key.KeyManager !== 'CUSTOMER') return ['It is a key of AWS, which only AWS can delete.'];
  const stops = [];
  if (others.length > 0) {
    stops.push(
      `It has other names as well: ${others.join(', ')}. If they are yours and no longer needed, delete these aliases first.`,
    );
  }
  const replicas = key.MultiRegionConfiguration?.ReplicaKeys ?? [];
  if (replicas.length > 0) {
    const regions = replicas.map((one) => one.Region ?? '?').join(', ');
    stops.push(`It has replicas in ${regions}; the lab makes none. Look at it yourself.`);
  }
  // What was encrypted under a key is lost with it; a key that goes already is not held back by that.
  if (isPending(key)) return stops;
  for (const table of held.tables.filter((one) => !goes('dynamodb.table', one))) {
    stops.push(
      `It encrypts the table ${table}, which would be lost. Delete that table, or give it another key, before the key behind ${alias} goes.`,
    );
  }
  for (const { GrantId, GranteePrincipal } of held.others) {
    stops.push(
      `${GranteePrincipal ?? 'Somebody'} holds the grant ${GrantId}, which the lab did not make. If it is not needed, revoke it first.`,
    );
  }
  return stops;
}

function lossesOf(alias: string, { ofLab }: KeyGrants): string[] {
  return [
    `the alias ${alias}`,
    ...ofLab.map((one) => `the grant ${one.GrantId} of ${one.GranteePrincipal}`),
    'whatever is still encrypted under it, when it is deleted for good',
  ];
}

async function describe(account: Account, KeyId: string): Promise<KeyMetadata | undefined> {
  try {
    return (await account.call('kms:DescribeKey', { KeyId })).KeyMetadata;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function aliasesOf(account: Account, KeyId: string): Promise<string[]> {
  const aliases = await allPages(
    (Marker) => account.call('kms:ListAliases', { KeyId, Marker }),
    (page) => page.Aliases,
    kmsMarker,
  );
  return aliases.flatMap((one) => one.AliasName ?? []);
}

function readGrants(account: Account, KeyId: string): Promise<GrantListEntry[]> {
  return allPages(
    (Marker) => account.call('kms:ListGrants', { KeyId, Marker }),
    (page) => page.Grants,
    kmsMarker,
  );
}

function isPending({ KeyState }: KeyMetadata): boolean {
  return KeyState === 'PendingDeletion' || KeyState === 'PendingReplicaDeletion';
}

function dateOf({ DeletionDate }: KeyMetadata): string {
  return DeletionDate?.toISOString().slice(0, 10) ?? 'an unknown date';
}
