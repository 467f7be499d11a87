/** Everything that an account answers about itself, to be compared with what it answers after it was kept. */
import type { Clients } from '../cloudtrail/scene.ts';

/** Asks as an administrator. The events come first, for every question makes another one. */
export async function portrait({
  cloudTrail,
  dynamodb,
  iam,
  kms,
  sts,
}: Clients): Promise<Record<string, unknown>> {
  const parts = {
    events: await allEvents(cloudTrail),
    caller: await sts.getCallerIdentity(),
    iam: await iam.getAccountAuthorizationDetails({
      Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'],
    }),
    accessKeys: await each((await iam.listUsers()).Users, async ({ UserName }) => [
      await iam.listAccessKeys({ UserName }),
      await iam.getLoginProfile({ UserName }).catch(nameOf),
    ]),
    aliases: await kms.listAliases(),
    keys: await each((await kms.listKeys()).Keys, async ({ KeyId }) => [
      await kms.describeKey({ KeyId }),
      await kms.getKeyPolicy({ KeyId }),
      await kms.listGrants({ KeyId }),
      await kms.listResourceTags({ KeyId }).catch(nameOf),
      await kms.getKeyRotationStatus({ KeyId }).catch(nameOf),
      await kms.listKeyRotations({ KeyId }).catch(nameOf),
      await kms.getPublicKey({ KeyId }).catch(nameOf),
    ]),
    tables: await each((await dynamodb.listTables()).TableNames, async (TableName) => {
      const { Table } = await dynamodb.describeTable({ TableName });
      const indexes = [...(Table?.GlobalSecondaryIndexes ?? []), ...(Table?.LocalSecondaryIndexes ?? [])];
      return [
        Table,
        await dynamodb.listTagsOfResource({ ResourceArn: Table?.TableArn }),
        await dynamodb.describeTimeToLive({ TableName }),
        await dynamodb.describeContinuousBackups({ TableName }),
        await dynamodb.scan({ TableName }).catch(nameOf),
        await each(indexes, ({ IndexName }) => dynamodb.scan({ TableName, IndexName }).catch(nameOf)),
      ];
    }),
  };
  return withoutMetadata(parts) as Record<string, unknown>;
}

async function allEvents(cloudTrail: Clients['cloudTrail']): Promise<unknown[]> {
  const events: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudTrail.lookupEvents({ NextToken });
    events.push(...(page.Events ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return events;
}

async function each<Item>(
  items: readonly Item[] | undefined,
  ask: (item: Item) => Promise<unknown>,
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const item of items ?? []) answers.push(await ask(item));
  return answers;
}

function nameOf(refusal: Error): string {
  return refusal.name;
}

/** What changes with every answer: request ids and attempts, and the times at which a credential was last used. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) {
    return value;
  }
  const kept = Object.entries(value).filter(([name]) => !['$metadata', 'RoleLastUsed'].includes(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutMetadata(member)]));
}
