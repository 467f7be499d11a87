import { AwsError } from '../aws-error.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import { targetOf } from '../protocol/target.ts';

/** Bytes. DynamoDB takes 16 MB in a batch; the other services take far less. */
export const longestBody = 16 * 1024 * 1024;
const longestElsewhere = 1024 * 1024;

/**
 * By the header alone, so that nothing reads a body that is too long.
 *
 * @throws AwsError. Inferred: the code and the text; HTTP's own status for it
 */
export function checkBodyLength(request: WireRequest): void {
  const longest = targetOf(request).service === 'DynamoDB_20120810' ? longestBody : longestElsewhere;
  if (request.body.length <= longest) return;
  throw new AwsError('RequestEntityTooLargeException', 'The request body is too large.', 413);
}
