/**
 * What a check may try of signing: only the form that makes no signature. With `DryRun` KMS says whether the caller may, and
 * does nothing ("Sign", KMS API reference; "Testing your permissions", KMS developer guide).
 */
import { CallError } from '../call.ts';

/** Whether a call would make a signature. */
export function makesSignature(call: string, input: object): boolean {
  return call === 'kms:Sign' && (input as { DryRun?: unknown }).DryRun !== true;
}

/** Whether nothing but `DryRun` kept a call from doing its work: the caller may make it. */
export function onlyDryRun(error: unknown): boolean {
  return error instanceof CallError && error.code === 'DryRunOperationException';
}
