import { PermissionDenied } from '../authorisation/permission-denied.ts';
import { AwsError } from '../aws-error.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { SignatureFault } from './signature-fault.ts';

/** Whatever ended a request, as the error that its client is sent. */
export function toAwsError(thrown: unknown, protocol: Protocol): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof PermissionDenied) return protocol.denied(thrown.message);
  if (thrown instanceof SignatureFault) return protocol.rejected(thrown);
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalFailure', `The sandbox failed on this request: ${why}`, 500);
}
