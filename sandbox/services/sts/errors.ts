/** STS's errors with their HTTP status (STS API reference, "Common errors", and the errors of its operations). */
import { AwsError } from '../../aws-error.ts';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, 400);
}

export function accessDenied(message: string): AwsError {
  return new AwsError('AccessDenied', message, 403);
}

/**
 * Refuses what an operation would have to honour and the sandbox does not.
 *
 * @throws AwsError ValidationError that names the member
 */
export function refuseUnsupported(operation: string, input: object, members: readonly string[]): void {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined && members.includes(name)) {
      throw validationError(`The sandbox does not support ${name} in ${operation}.`);
    }
  }
}
