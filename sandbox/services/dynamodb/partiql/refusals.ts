/**
 * What DynamoDB says of statements that it does not take. Texts observed on AWS (nubo-db/dynamodb-conformance, PartiQL
 * tests of tier 2 and 3), or those of DynamoDB local where a place says so.
 */
import { AwsError } from '../../../aws-error.ts';

/** @param detail empty where a token cannot be read at all */
export function illFormed(detail: string): AwsError {
  return refused(`Statement wasn't well formed, can't be processed: ${detail}`);
}

/** Something follows a statement that is complete. */
export function leftOver(): AwsError {
  return illFormed('Unexpected token after expression');
}

/** A write names one item: by its whole key. */
export function incompleteKey(): AwsError {
  return refused('Where clause does not contain a mandatory equality on all key attributes');
}

export function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
