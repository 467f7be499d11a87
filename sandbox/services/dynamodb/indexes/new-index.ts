import type { AttributeDefinition, CreateGlobalSecondaryIndexAction } from '@aws-sdk/client-dynamodb';
import { invalid } from '../constraints.ts';
import type { DataPlane, TableDefinition } from '../data-plane.ts';
import type { Table } from '../table.ts';
import { checkProjection } from '../table-definition.ts';
import { usedAttributes } from './settle-indexes.ts';

/**
 * The table's definition with one more index. The request defines the attributes that are the index's keys; others that
 * it defines count for nothing (Inferred: Terraform sends those of all indexes that are still to come).
 *
 * @throws AwsError ValidationException
 */
export function definitionWithIndex(
  dataPlane: DataPlane,
  table: Table,
  { IndexName, KeySchema, Projection, ProvisionedThroughput }: CreateGlobalSecondaryIndexAction,
  given: readonly AttributeDefinition[] | undefined,
): TableDefinition {
  if (!given) throw invalid(`AttributeDefinitions is not specified for index: ${IndexName}`);
  checkThroughput(table, IndexName, ProvisionedThroughput);
  const index = {
    IndexName,
    KeySchema,
    Projection,
    ...(table.billingMode === 'PROVISIONED' && { ProvisionedThroughput }),
  };
  const { definition } = table;
  const { GlobalSecondaryIndexes = [] } = definition;
  const extended = usedAttributes({
    ...definition,
    AttributeDefinitions: [...definition.AttributeDefinitions, ...newAttributes(definition, given)],
    GlobalSecondaryIndexes: [...GlobalSecondaryIndexes, index],
  });
  check(dataPlane, extended);
  checkProjection(Projection);
  return extended;
}

/** A table that is billed by request asks for no throughput of its indexes, and takes none. */
function checkThroughput(table: Table, name: string | undefined, throughput: object | undefined): void {
  if (table.billingMode === 'PAY_PER_REQUEST' && throughput) {
    throw invalid(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${name} when BillingMode is ` +
        'PAY_PER_REQUEST',
    );
  }
  if (table.billingMode === 'PROVISIONED' && !throughput) {
    throw invalid(`Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`);
  }
}

function newAttributes(
  { AttributeDefinitions }: TableDefinition,
  given: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const types = new Map(AttributeDefinitions.map((known) => [known.AttributeName, known.AttributeType]));
  return given.filter(({ AttributeName, AttributeType }) => {
    const type = types.get(AttributeName);
    // Inferred: the text.
    if (type !== undefined && type !== AttributeType) {
      throw invalid(`The attribute ${AttributeName} is a key of type ${type} already`);
    }
    return type === undefined;
  });
}

/** As CreateTable would check the whole. */
function check(dataPlane: DataPlane, definition: TableDefinition): void {
  const { TableName, AttributeDefinitions, KeySchema } = definition;
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes = [] } = definition;
  dataPlane.checkDefinition({
    TableName,
    AttributeDefinitions: [...AttributeDefinitions],
    KeySchema: [...KeySchema],
    ...(LocalSecondaryIndexes && { LocalSecondaryIndexes: [...LocalSecondaryIndexes] }),
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(
      ({ ProvisionedThroughput: _throughput, ...index }) => index,
    ),
    BillingMode: 'PAY_PER_REQUEST',
  });
}
