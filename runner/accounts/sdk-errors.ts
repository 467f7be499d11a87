import { CallError } from '../../checks/call.ts';
import { scrub } from './scrub.ts';

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly Error?: { readonly Code?: string };
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly errors?: readonly { readonly code?: string; readonly message?: string }[];
}

/**
 * An error of the SDK as a CallError with the code that was on the wire, or Node's code where none came. Its message
 * holds no secret.
 */
export function toCallError(call: string, thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  const error: SdkError =
    typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const { httpStatusCode: status, requestId } = error.$metadata ?? {};
  // Without an answer the cause is Node's: a refused connection to several addresses comes as an AggregateError.
  const nodeCode = error.code ?? error.errors?.[0]?.code;
  const code =
    status === undefined ? (nodeCode ?? error.name) : (error.Error?.Code ?? error.Code ?? error.name);
  const message = error.message || error.errors?.[0]?.message || 'no message';
  return new CallError(call, { code: code ?? 'Unknown', message: scrub(message), status, requestId });
}
