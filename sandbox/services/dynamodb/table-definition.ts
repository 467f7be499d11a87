/** Reads a table's keys, indexes and billing from CreateTable. */
import type { CreateTableInput, KeySchemaElement, Projection } from '@aws-sdk/client-dynamodb';
import { invalid } from './constraints.ts';
import type { DataPlane, TableDefinition } from './data-plane.ts';
import { refuseUnsupported } from './unsupported.ts';

/** @throws AwsError ValidationException */
export function readTableDefinition(
  dataPlane: DataPlane,
  input: CreateTableInput,
  tableName: string,
): TableDefinition {
  dataPlane.checkDefinition({ ...input, TableName: tableName });
  const { AttributeDefinitions = [], KeySchema = [] } = input;
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes } = input;
  for (const index of GlobalSecondaryIndexes ?? []) {
    refuseUnsupported(`the index ${index.IndexName} of CreateTable`, index, [
      'OnDemandThroughput',
      'WarmThroughput',
    ]);
    if (input.BillingMode !== 'PAY_PER_REQUEST' && !index.ProvisionedThroughput) {
      throw invalid(`ProvisionedThroughput is not specified for index: ${index.IndexName}`);
    }
  }
  const indexes = [...(LocalSecondaryIndexes ?? []), ...(GlobalSecondaryIndexes ?? [])];
  for (const { Projection } of indexes) checkProjection(Projection);
  refuseUnusedAttributes(input, [KeySchema, ...indexes.map((index) => index.KeySchema ?? [])].flat());
  return {
    TableName: tableName,
    AttributeDefinitions,
    KeySchema,
    ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
    ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
  };
}

/** Text observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-442). @throws AwsError ValidationException */
export function checkProjection(projection: Projection | undefined): void {
  if (projection?.ProjectionType !== 'INCLUDE' || projection.NonKeyAttributes) return;
  throw invalid('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
}

/** Text observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-442). */
function refuseUnusedAttributes(input: CreateTableInput, elements: readonly KeySchemaElement[]): void {
  const used = [...new Set(elements.map((element) => element.AttributeName ?? ''))];
  const defined = (input.AttributeDefinitions ?? []).map((attribute) => attribute.AttributeName ?? '');
  if (defined.every((name) => used.includes(name))) return;
  throw invalid(
    'Some AttributeDefinitions are not used. ' +
      `AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`,
  );
}
