/** Which calls the event history holds, and which of them only read. */
import { actionReference } from '../../authorisation/service-reference.ts';

/** Item operations are data events, which the history does not hold (page "Logging DynamoDB operations"). */
const dataEvents: ReadonlySet<string> = new Set([
  'BatchExecuteStatement',
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'ExecuteStatement',
  'ExecuteTransaction',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
]);

/** Calls that CloudTrail takes for reading although the service authorization reference does not. */
const readers: Readonly<Record<string, RegExp>> = {
  // Cryptographic operations change nothing: `readOnly` is true in the KMS developer guide's examples.
  kms: /^(Decrypt|DeriveSharedSecret|Encrypt|Generate|ReEncrypt|Sign|Verify)/,
  // The IAM user guide's examples of AssumeRole and its like. GetFederationToken is none of them (observed on AWS,
  // Stratus Red Team's log of aws.persistence.sts-federation-token).
  sts: /^(AssumeRole|DecodeAuthorizationMessage)/,
};

/** @param service as in IAM actions: `dynamodb` */
export function isManagementCall(service: string, operation: string): boolean {
  return service !== 'dynamodb' || !dataEvents.has(operation);
}

export function isReadOnly(service: string, operation: string): boolean {
  const level = actionReference(`${service}:${operation}`)?.accessLevel;
  return level === 'Read' || level === 'List' || (readers[service]?.test(operation) ?? false);
}
