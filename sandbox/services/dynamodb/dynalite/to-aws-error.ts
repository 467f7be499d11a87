import { AwsError } from '../../../aws-error.ts';

/** dynalite throws errors that carry DynamoDB's answer: `statusCode` and `body` with `__type` and a message. */
interface EngineError extends Error {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** The answer that an engine error stands for; anything else is returned as it is. */
export function toAwsError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || !('body' in thrown)) return thrown;
  const { statusCode, body } = thrown as EngineError;
  const code = body.__type.slice(body.__type.indexOf('#') + 1);
  return new AwsError(code, body.message ?? body.Message ?? '', statusCode);
}
