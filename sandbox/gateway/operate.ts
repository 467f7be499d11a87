import { authorise } from '../authorisation/authorise.ts';
import type { Protocol, WireRequest } from '../protocol/protocol.ts';
import type { Attempt } from '../services/cloudtrail/attempt.ts';
import { recordCall } from '../services/cloudtrail/record-call.ts';
import { toAwsError } from './to-aws-error.ts';

/**
 * Parses, authorises and carries out a call, and adds it to the event history of the caller's account whether it
 * succeeds or not.
 *
 * @returns the operation's output
 * @throws PermissionDenied, AwsError, or what the operation failed on
 */
export async function operate(attempt: Attempt, protocol: Protocol, request: WireRequest): Promise<unknown> {
  const { operation, call } = attempt;
  try {
    const parsed = await protocol.parse(operation.schema, operation.body ?? 'schema', request);
    attempt.input = operation.read ? operation.read(call, parsed as Record<string, unknown>) : parsed;
    attempt.permissions = operation.permissions(call, attempt.input);
    for (const permission of attempt.permissions) authorise(call, permission);
    attempt.authorised = true;
    attempt.output = await operation.run(call, attempt.input);
  } catch (thrown) {
    recordCall(attempt, toAwsError(thrown, protocol));
    throw thrown;
  }
  recordCall(attempt);
  return attempt.output;
}
