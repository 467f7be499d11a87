import { AwsError } from '../../aws-error.ts';

/**
 * Refuses what an operation would have to honour and the sandbox does not.
 *
 * @throws AwsError ValidationException that names the member
 */
export function refuseUnsupported(operation: string, input: object, members: readonly string[]): void {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined && members.includes(name)) {
      throw new AwsError('ValidationException', `The sandbox does not support ${name} in ${operation}.`);
    }
  }
}
