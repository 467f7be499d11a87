import type { WireRequest } from './protocol.ts';

/**
 * Service and operation of `X-Amz-Target`. JS v3 sends `CloudTrail_20131101.X`, the AWS CLI
 * `com.amazonaws...CloudTrail_20131101.X`.
 */
export function targetOf({ headers }: WireRequest): {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
} {
  const [operation, service] = (headers['x-amz-target'] ?? '').split('.').reverse();
  return service === undefined ? {} : { service, operation };
}
