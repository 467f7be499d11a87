import { AwsError } from '../../aws-error.ts';
import type { AnyOperation } from '../../operation.ts';

/** Members that the sandbox would have to honour and does not. They are refused, never ignored. */
const refusedMembers: readonly string[] = [
  'GranteeServicePrincipal',
  'Recipient',
  'RetiringServicePrincipal',
  'XksKeyId',
];

/** The operation, with its input checked before it looks for keys and permissions. */
export function withCheckedInput(operation: AnyOperation): AnyOperation {
  return {
    ...operation,
    permissions(call, input: object) {
      checkInput(operation.schema[2], input);
      return operation.permissions(call, input);
    },
  };
}

/** @throws AwsError ValidationException for members that are not built */
function checkInput(operationName: string, input: object): void {
  const refused = refusedMembers.find((member) => Object.hasOwn(input, member));
  if (refused !== undefined) {
    throw new AwsError('ValidationException', `The sandbox does not have ${operationName} with ${refused}.`);
  }
}
