/** What STS asks of the members of its requests. Lengths, patterns and ranges: STS API reference. */
import type { Constraints } from '../../protocol/constraints.ts';

const policyText = /[\t\n\r\u0020-\u00FF]+/;

export const stsConstraints: Constraints = {
  RoleArn: { length: [20, 2048] },
  // Observed on AWS, LocalStack's test_sts_invalid_parameters.
  RoleSessionName: { length: [2, 64], pattern: /[\w+=,.@-]*/ },
  ExternalId: { length: [2, 1224], pattern: /[\w+=,.@:/-]*/ },
  Policy: { length: [1, 2048], pattern: policyText },
  // No length of its own: the packed size decides.
  'GetFederationTokenRequest.Policy': { pattern: policyText },
  'PolicyDescriptorType.arn': { length: [20, 2048] },
  PolicyArns: { length: [0, 10] },
  DurationSeconds: { range: [900, 129_600] },
  'AssumeRoleRequest.DurationSeconds': { range: [900, 43_200] },
  Name: { length: [2, 32], pattern: /[\w+=,.@-]*/ },
  AccessKeyId: { length: [16, 128], pattern: /[\w]*/ },
  SerialNumber: { length: [9, 256], pattern: /[\w+=/:,.@-]*/ },
  TokenCode: { length: [6, 6], pattern: /[\d]*/ },
};
