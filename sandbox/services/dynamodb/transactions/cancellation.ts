/** TransactionCanceledException: texts and codes from its description in the DynamoDB API reference. */
import { AwsError } from '../../../aws-error.ts';
import type { ActionResult } from '../data-plane.ts';

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/** The answers of a transaction whose actions were all carried out. @throws AwsError TransactionCanceledException */
export function answersOf(results: readonly ActionResult[]): Record<string, unknown>[] {
  const answers = results.flatMap(({ answer }) => (answer ? [answer] : []));
  if (answers.length === results.length) return answers;
  const CancellationReasons = results.map(({ refusal }) => reasonOf(refusal));
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons },
  );
}

function reasonOf(refusal: AwsError | undefined): CancellationReason {
  if (refusal === undefined) return { Code: 'None' };
  const { code, message, members } = refusal;
  if (code === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: message, ...members };
  }
  // Inferred: as BatchStatementErrorCodeEnum of the SDK's model calls it.
  if (code === 'DuplicateItemException') return { Code: 'DuplicateItem', Message: message, ...members };
  if (code === 'ValidationException') return { Code: 'ValidationError', Message: message };
  throw refusal;
}
