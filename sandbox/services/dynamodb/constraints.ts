/** Checks that the SDK's schemas do not hold, in AWS's words. */
import { AwsError } from '../../aws-error.ts';
import { isTableArn } from './table-reference.ts';

/** `undefined` for what holds, so that checks can be listed. */
export type Violation = string | undefined;

/** @throws AwsError ValidationException naming every violation */
export function requireAll(...violations: readonly Violation[]): void {
  const found = violations.filter((violation) => violation !== undefined);
  if (found.length === 0) return;
  const count = `${found.length} validation error${found.length === 1 ? '' : 's'} detected`;
  throw new AwsError('ValidationException', `${count}: ${found.join('; ')}`);
}

export function oneOf(path: string, value: string | undefined, allowed: readonly string[]): Violation {
  if (value === undefined || allowed.includes(value)) return undefined;
  return violation(path, value, `satisfy enum value set: [${allowed.join(', ')}]`);
}

export function atLeast(path: string, value: number | undefined, least: number): Violation {
  if (value === undefined || value >= least) return undefined;
  return violation(path, value, `have value greater than or equal to ${least}`);
}

export function between(path: string, value: number | undefined, least: number, most: number): Violation {
  if (value === undefined || value <= most) return atLeast(path, value, least);
  return violation(path, value, `have value less than or equal to ${most}`);
}

/** A table's name of 3 to 255 characters. */
export function tableName(path: string, name: string | undefined): Violation {
  if (name === undefined) return undefined;
  if (!/^[a-zA-Z0-9_.-]+$/.test(name)) {
    return violation(path, name, 'satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  if (name.length < 3) return violation(path, name, 'have length greater than or equal to 3');
  if (name.length > 255) return violation(path, name, 'have length less than or equal to 255');
  return undefined;
}

/** The name or the ARN of a table. */
export function tableNameOrArn(path: string, text: string | undefined): Violation {
  return text !== undefined && isTableArn(text) ? undefined : tableName(path, text);
}

/** DynamoDB's usual beginning of a ValidationException. */
export function invalid(why: string): AwsError {
  return new AwsError('ValidationException', `One or more parameter values were invalid: ${why}`);
}

function violation(path: string, value: string | number, must: string): string {
  return `Value '${value}' at '${path}' failed to satisfy constraint: Member must ${must}`;
}
