/** What is DynamoDB's own on the wire: its target, the namespaces of its error types and a checksum. */
import { crc32 } from 'node:zlib';
import type { AwsJsonOptions } from '../../protocol/aws-json.ts';
import { dynamodbConstraints } from './member-constraints.ts';

/** Errors of AWS's service framework, which no model of a service lists. */
const frameworkErrors = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InternalFailure',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SerializationException',
  'UnknownOperationException',
  'UnrecognizedClientException',
]);

/** Namespaces as recorded on DynamoDB by dynalite; page "Error handling with DynamoDB". */
export const wire: AwsJsonOptions = {
  version: '1.0',
  constraints: dynamodbConstraints,
  errorPrefix(code) {
    if (code === 'ValidationException') return 'com.amazon.coral.validate#';
    return frameworkErrors.has(code) ? 'com.amazon.coral.service#' : 'com.amazonaws.dynamodb.v20120810#';
  },
  headers: (body) => ({ 'x-amz-crc32': String(crc32(body)) }),
};
