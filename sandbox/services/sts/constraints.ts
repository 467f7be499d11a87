/** What STS asks of the members of its requests. Lengths, patterns and ranges: STS API reference. */
import type { Constraint, Constraints } from '../../protocol/constraints.ts';

const arn: Constraint = {
  length: [20, 2048],
  pattern: String.raw`[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+`,
};
const tagKey: Constraint = { length: [1, 128], pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+` };
const sessionName = String.raw`[\w+=,.@-]*`;

export const stsConstraints: Constraints = {
  RoleArn: arn,
  // Observed on AWS, LocalStack's test_sts_invalid_parameters.
  RoleSessionName: { length: [2, 64], pattern: sessionName },
  ExternalId: { length: [2, 1224], pattern: String.raw`[\w+=,.@:\/-]*` },
  Policy: { length: [1, 2048], pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` },
  'PolicyDescriptorType.arn': arn,
  PolicyArns: { length: [0, 10] },
  DurationSeconds: { range: [900, 129_600] },
  'AssumeRoleRequest.DurationSeconds': { range: [900, 43_200] },
  Name: { length: [2, 32], pattern: sessionName },
  AccessKeyId: { length: [16, 128], pattern: String.raw`[\w]*` },
  SerialNumber: { length: [9, 256], pattern: String.raw`[\w+=/:,.@-]*` },
  TokenCode: { length: [6, 6], pattern: String.raw`[\d]*` },
  SourceIdentity: { length: [2, 64], pattern: sessionName },
  Tags: { length: [0, 50] },
  'Tag.Key': tagKey,
  'Tag.Value': { length: [0, 256], pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*` },
  TransitiveTagKeys: { length: [0, 50], items: tagKey },
};
