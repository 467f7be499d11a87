/** How DynamoDB reports what KMS answered: its own error around KMS's text, in the words of the AWS SDK for Java. */
import { randomUUID } from 'node:crypto';
import { PermissionDenied } from '../../../authorisation/permission-denied.ts';
import { AwsError } from '../../../aws-error.ts';

interface Wrapping {
  readonly code: string;
  readonly status: number;
  readonly prefix: string;
  /** The Java class that stands for KMS's error. */
  readonly exception: string;
}

const validation = (prefix: string, exception: string): Wrapping => ({
  code: 'ValidationException',
  status: 400,
  prefix,
  exception,
});

/**
 * By KMS's error code. All but InvalidArnException were observed on AWS for CreateTable and UpdateTable, and
 * DisabledException and KMSInvalidStateException for reads too (aws-controllers-k8s/dynamodb-controller
 * DDB-TABLE-020, -139, -331, -461).
 */
const wrappings: Readonly<Record<string, Wrapping>> = {
  NotFoundException: validation('KMS validation error', 'NotFoundException'),
  // Inferred: like the other faults of the key that was named.
  InvalidArnException: validation('KMS validation error', 'InvalidArnException'),
  KMSInvalidStateException: validation('KMS validation error', 'KMSInvalidStateException'),
  DisabledException: validation('KMS key disabled error', 'DisabledException'),
  // Inferred for the data plane: the texts of refused reads that were found are cut where the wrapper would be.
  AccessDeniedException: {
    code: 'AccessDeniedException',
    status: 400,
    prefix: 'KMS key access denied error',
    exception: 'AWSKMSException',
  },
  // A key that cannot encrypt a table is reported as an internal error, with status 500.
  ValidationException: {
    code: 'InternalServerError',
    status: 500,
    prefix: 'KMS internal error',
    exception: 'AWSKMSException',
  },
};

/** Asks KMS something on behalf of the caller. @throws AwsError DynamoDB's error around KMS's refusal */
export function askKms<Answer>(question: () => Answer): Answer {
  try {
    return question();
  } catch (refusal) {
    throw wrap(refusal);
  }
}

function wrap(refusal: unknown): unknown {
  if (refusal instanceof PermissionDenied)
    return wrapped('AccessDeniedException', refusal.message) ?? refusal;
  if (refusal instanceof AwsError) return wrapped(refusal.code, refusal.message) ?? refusal;
  return refusal;
}

function wrapped(kmsCode: string, message: string): AwsError | undefined {
  const wrapping = wrappings[kmsCode];
  if (!wrapping) return undefined;
  const { code, status, prefix, exception } = wrapping;
  return new AwsError(
    code,
    `${prefix}: com.amazonaws.services.kms.model.${exception}: ${message} (Service: AWSKMS; Status Code: 400; ` +
      `Error Code: ${kmsCode}; Request ID: ${randomUUID()}; Proxy: null)`,
    status,
  );
}
