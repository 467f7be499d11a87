/** The contract of a service and of its operations: one file per operation under `services/<service>/operations/`. */
import type { StaticOperationSchema } from '@smithy/types';
import type { Permission } from './authorisation/permission.ts';
import type { Call } from './call.ts';
import type { Protocol } from './protocol/protocol.ts';

export interface Operation<Input, Output> {
  /** The SDK's runtime schema of the operation (`DescribeKey$`); its third element is the operation's name. */
  readonly schema: StaticOperationSchema;
  /**
   * How bodies are read and written: by the schema (the default), or left as the JSON that is on the wire,
   * for a data plane that has its own parser.
   */
  readonly body?: 'schema' | 'json';
  /** Turns the JSON of a body that the schema does not read into the input. Throws AWS's error for what is malformed. */
  read?(call: Call, json: Record<string, unknown>): Input;
  /**
   * What the caller must be allowed to do, all of it, before the operation runs. Throws AWS's error where
   * AWS looks before it authorises: a KMS key that does not exist is not found rather than denied.
   * Empty where AWS asks for no permission (sts:GetCallerIdentity).
   */
  permissions(call: Call, input: Input): readonly Permission[];
  run(call: Call, input: Input): Output | Promise<Output>;
}

/** An operation as the gateway handles it: what is parsed from the wire is the input by the schema's word. */
// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ by operation; the schema ties them to the wire.
export type AnyOperation = Operation<any, any>;

export interface Service {
  /** Name in the credential scope and in IAM actions: `kms`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** By operation name: `DescribeKey`. */
  readonly operations: Readonly<Record<string, AnyOperation>>;
}

/** Collects operations under their schema's names. */
export function operationTable(operations: readonly AnyOperation[]): Record<string, AnyOperation> {
  return Object.fromEntries(operations.map((operation) => [operation.schema[2], operation]));
}
