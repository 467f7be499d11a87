import { AwsError } from '../../aws-error.ts';

/**
 * Ends a call with DryRun where it would have done its work. Text: a CloudTrail record in AWS's documentation of
 * Lambda durable functions.
 *
 * @throws AwsError DryRunOperationException
 */
export function endDryRun(dryRun: boolean | undefined): void {
  if (!dryRun) return;
  throw new AwsError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
  );
}
