import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { lookUpTable } from './find-table.ts';
import type { Table } from './table.ts';
import { isTableArn, type TableReference, tableReference } from './table-reference.ts';

/** The table that a tagging operation names. @throws AwsError ValidationException for anything but a table's ARN */
export function taggedReference(call: Call, resourceArn: string | undefined): TableReference {
  if (resourceArn !== undefined && isTableArn(resourceArn)) return tableReference(call, resourceArn);
  throw new AwsError(
    'ValidationException',
    `Invalid TableArn: Invalid ResourceArn provided as input ${resourceArn}`,
  );
}

/** Text observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-446). @throws AwsError ResourceNotFoundException */
export function findTaggedTable(call: Call, resourceArn: string | undefined): Table {
  const reference = taggedReference(call, resourceArn);
  const table = lookUpTable(call, reference);
  if (table) return table;
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: ResourceArn: ${reference.arn} not found`,
  );
}
