import type { Cell } from './roster.ts';

export interface RoleCell {
  readonly arn: string;
  /** The account that the ARN names. */
  readonly account: string;
}

/** A role's path and name. IAM API Reference, CreateRole: `[\w+=,.@-]+`, 64 characters; the path begins and ends in a slash. */
const pathAndName = /^(?:[\u0021-\u007e]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/**
 * A role by its ARN, or by its name where the account is known.
 *
 * @param account twelve digits, where the row has them
 * @param region tells the partition where only a name is given
 */
export function roleCell(
  text: string,
  account: string | undefined,
  region: string | undefined,
): Cell<RoleCell> {
  const arn = /^arn:(aws|aws-cn|aws-us-gov):iam::([^:]*):role\/(.+)$/.exec(text);
  if (arn) {
    const [, , of = '', name = ''] = arn;
    if (/^\d{12}$/.test(of) && pathAndName.test(name)) return { value: { arn: text, account: of } };
    return {
      message: `The role "${text}" has ${/^\d{12}$/.test(of) ? `no role's name: "${name}"` : `no account of twelve digits: "${of}"`}.`,
      fix: shape,
    };
  }
  if (text.startsWith('arn:') || text.includes(':')) {
    const user = /:(user|assumed-role|group|policy)\//.exec(text)?.[1];
    const what =
      user === undefined
        ? 'no ARN of an IAM role'
        : `the ARN of ${user === 'assumed-role' ? 'a session' : `a ${user}`}, not of a role`;
    return { message: `The role "${text}" is ${what}.`, fix: shape };
  }
  if (!pathAndName.test(text)) return { message: `The role "${text}" is no role's name.`, fix: shape };
  if (account === undefined) {
    return {
      message: `The role "${text}" is a name only, and no account is given.`,
      fix: `${shape} Or fill in the account.`,
    };
  }
  return {
    value: { arn: `arn:${partition(region)}:iam::${account}:role/${text.replace(/^\//, '')}`, account },
  };
}

const shape = 'Write it as arn:aws:iam::111122223333:role/name.';

/** AWS General Reference, "Amazon Resource Names": Regions of China and AWS GovCloud (US) have partitions of their own. */
function partition(region = ''): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
