/**
 * AWS calls by name, typed by the SDK: `kms:DescribeKey` takes and gives what `DescribeKeyCommand` does. The same
 * names are used in a check's `calls`, in evidence, in recordings and, as IAM actions, in the grader's policy.
 */
import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type * as iam from '@aws-sdk/client-iam';
import type * as kms from '@aws-sdk/client-kms';
import type * as sts from '@aws-sdk/client-sts';
import type { Command } from '@smithy/types';
import { acrossCopies } from './across-copies.ts';

interface Services {
  cloudtrail: typeof cloudtrail;
  dynamodb: typeof dynamodb;
  iam: typeof iam;
  kms: typeof kms;
  sts: typeof sts;
}

export type ServiceName = keyof Services;

type OperationName<Service extends ServiceName> = {
  [Export in keyof Services[Service]]: Export extends `${infer Name}Command` ? Name : never;
}[keyof Services[Service]];

/** `kms:DescribeKey`, `dynamodb:Scan`, ... for every operation of the services Labwright knows. */
export type CallName = {
  [Service in ServiceName]: `${Service}:${OperationName<Service> & string}`;
}[ServiceName];

type CommandOf<Name extends CallName> = Name extends `${infer Service extends ServiceName}:${infer Operation}`
  ? `${Operation}Command` extends infer Export extends keyof Services[Service]
    ? Services[Service][Export] extends new (
        ...args: never[]
      ) => infer Instance
      ? Instance
      : never
    : never
  : never;

type Types<Name extends CallName> =
  // biome-ignore lint/suspicious/noExplicitAny: the client-wide types of a command do not matter here.
  CommandOf<Name> extends Command<any, infer In, any, infer Out, any> ? { input: In; output: Out } : never;

export type CallInput<Name extends CallName> = Types<Name>['input'];
export type CallOutput<Name extends CallName> = Omit<Types<Name>['output'], '$metadata'>;

/** Codes of calls that never left this machine. */
const notSent = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'WrongOperation',
  'NotInRecording',
]);

/** An AWS call that was answered with an error, or not answered at all. */
export class CallError extends Error {
  /** `kms:DescribeKey` */
  readonly call: string;
  /** AWS's error code as on the wire (`AccessDeniedException`, `NoSuchEntity`), or Node's (`ECONNREFUSED`). */
  readonly code: string;
  /** HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  static {
    acrossCopies(CallError, 'CallError');
  }

  constructor(call: string, fault: { code: string; message: string; status?: number; requestId?: string }) {
    super(fault.message);
    this.name = 'CallError';
    this.call = call;
    this.code = fault.code;
    this.status = fault.status;
    this.requestId = fault.requestId;
  }

  /** The call, the code and the message, for a reader. */
  get sentence(): string {
    if (this.status !== undefined) return `${this.call} was answered with ${this.code}: ${this.message}`;
    const happened = notSent.has(this.code) ? 'was not made' : 'was not answered';
    return `${this.call} ${happened} (${this.code}): ${this.message}`;
  }
}

const absenceCodes = new Set([
  'NotFoundException', // KMS
  'ResourceNotFoundException', // DynamoDB
  'TableNotFoundException', // DynamoDB, asked about backups (the SDK's model)
  'NoSuchEntity', // IAM on the wire
  'NoSuchEntityException', // IAM in the SDK's model
]);

/** Whether AWS said that the thing asked for is simply not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof CallError && absenceCodes.has(error.code);
}

/** Whether AWS refused because the caller lacks a permission. */
export function isAccessDenied(error: unknown): boolean {
  return (
    error instanceof CallError && (error.code === 'AccessDeniedException' || error.code === 'AccessDenied')
  );
}
