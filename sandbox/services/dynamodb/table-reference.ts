import { arnOfType } from '../../authorisation/resource-arn.ts';
import type { Call } from '../../call.ts';

/** A table as a request names it, whether or not it exists. */
export interface TableReference {
  readonly name: string;
  readonly arn: string;
}

const arnPattern = /^arn:aws[a-z-]*:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})$/;

const arnOfTable = arnOfType('dynamodb', 'table');

export function tableArn(region: string, accountId: string, name: string): string {
  return arnOfTable({ region, account: accountId }, name);
}

/** The table with this name in the caller's account and Region, or the one with this ARN. */
export function tableReference(call: Call, nameOrArn: string): TableReference {
  const name = arnPattern.exec(nameOrArn)?.[3];
  if (name !== undefined) return { name, arn: nameOrArn };
  return { name: nameOrArn, arn: tableArn(call.region, call.account.id, nameOrArn) };
}

/** Whether the text is the ARN of a table. */
export function isTableArn(text: string): boolean {
  return arnPattern.test(text);
}
