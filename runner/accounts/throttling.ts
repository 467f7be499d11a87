import type { CallError } from '../../checks/call.ts';

/** Codes of calls that AWS turned away for coming too often, "Common errors" of the service references. */
const codes = new Set([
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
]);

/** Whether AWS asked to slow down. Nothing was done, so that the call may be repeated. */
export function isThrottling({ code }: CallError): boolean {
  return codes.has(code);
}
