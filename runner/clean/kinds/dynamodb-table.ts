import type { Account } from '../../../checks/account.ts';
import { CallError, isAbsent } from '../../../checks/call.ts';
import type { Kind } from '../kind.ts';

export const dynamodbTable: Kind = {
  reads: ['dynamodb:DescribeTable'],
  writes: ['dynamodb:DeleteTable'],
  async look({ name }, account) {
    const table = await describe(account, name);
    if (!table) return { there: false };
    const { TableStatus, ItemCount = 0, SSEDescription, DeletionProtectionEnabled, Replicas = [] } = table;
    const stops = [];
    if (DeletionProtectionEnabled) {
      stops.push(
        `Deletion protection is on. If the table is to go, switch it off: \`aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled\`.`,
      );
    }
    if (Replicas.length > 0) {
      const regions = Replicas.map((one) => one.RegionName ?? '?').join(', ');
      stops.push(
        `It is a global table, with replicas in ${regions}; the lab makes none. Look at it yourself.`,
      );
    }
    const key = SSEDescription?.KMSMasterKeyArn;
    return {
      there: true,
      id: table.TableId ?? table.TableArn ?? name,
      about: `${TableStatus ?? 'there'}${key ? `, encrypted under ${key}` : ''}`,
      // DynamoDB counts about every six hours ("DescribeTable", DynamoDB API reference).
      loses: [ItemCount > 0 ? `its items, ${ItemCount} at the last count` : 'its items, if there are any'],
      stops,
      doubts: [],
      // "Amazon DynamoDB pricing".
      costs: 'DynamoDB charges for what a table stores, and for its reads and writes.',
      async remove(able, work) {
        if (TableStatus !== 'DELETING') {
          await work.step(`asked DynamoDB to delete ${name}`, () =>
            work.until(() => requested(able, name), `The table ${name} could not be deleted: it is in use.`),
          );
        }
        await work.until(
          async () => (await describe(able, name)) === undefined,
          `The table ${name} is still being deleted.`,
        );
        return { says: 'gone' };
      },
    };
  },
};

async function describe(account: Account, TableName: string) {
  try {
    return (await account.call('dynamodb:DescribeTable', { TableName })).Table;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** A table that is being made or changed can be deleted a little later ("DeleteTable", DynamoDB API reference). */
async function requested(account: Account, TableName: string): Promise<boolean> {
  try {
    await account.call('dynamodb:DeleteTable', { TableName });
    return true;
  } catch (error) {
    if (isAbsent(error)) return true;
    if (error instanceof CallError && error.code === 'ResourceInUseException') return false;
    throw error;
  }
}
