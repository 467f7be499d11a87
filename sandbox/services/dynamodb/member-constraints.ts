import { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { Constraint, Constraints } from '../../protocol/constraints.ts';

const attributeName: Constraint = { length: [1, 255] };

/** Members that nothing else looks at. Lengths and values: DynamoDB API reference. */
export const dynamodbConstraints: Constraints = {
  'AttributeDefinition.AttributeName': attributeName,
  'KeySchemaElement.AttributeName': attributeName,
  'Projection.NonKeyAttributes': { length: [1, 20], items: attributeName },
  'StreamSpecification.StreamViewType': { values: Object.values(StreamViewType) },
};
