import { PermissionDenied } from '../../../authorisation/permission-denied.ts';
import { AwsError } from '../../../aws-error.ts';

/** BatchStatementErrorCodeEnum of the SDK's model. */
const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  DuplicateItemException: 'DuplicateItem',
  InternalServerError: 'InternalServerError',
  ResourceNotFoundException: 'ResourceNotFound',
  ValidationException: 'ValidationError',
};

export interface BatchStatementError {
  readonly Code: string;
  readonly Message: string;
  readonly Item?: unknown;
}

/** What a batch says of a statement that was refused. Throws what is no refusal of one statement. */
export function batchStatementError(thrown: unknown): BatchStatementError {
  if (thrown instanceof PermissionDenied) return { Code: 'AccessDenied', Message: thrown.message };
  const Code = thrown instanceof AwsError ? codes[thrown.code] : undefined;
  if (!(thrown instanceof AwsError) || Code === undefined) throw thrown;
  return { Code, Message: thrown.message, ...thrown.members };
}
