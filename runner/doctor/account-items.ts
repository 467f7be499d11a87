/** Credentials, Region and account: what the account itself says about them. */
import { CallError } from '../../checks/call.ts';
import type { Caller, Identity } from '../accounts/caller.ts';
import { causeOf } from '../accounts/cause.ts';
import { identify } from '../accounts/identify.ts';
import { NoCredentials } from '../accounts/no-credentials.ts';
import { adviceFor } from '../advice.ts';
import type { Item } from './item.ts';

export interface AccountQuestions {
  readonly caller: Caller;
  /** The account that is meant, twelve digits. */
  readonly expected?: string;
  /** The same credentials in a Region that every account has; absent where calls go to an endpoint of one's own. */
  readonly everywhere?: Caller;
  /** Says why there are no credentials. */
  readonly whyNone: (error: NoCredentials) => Promise<{ message: string; advice: string }>;
}

export interface ExaminedAccount {
  readonly items: readonly Item[];
  /** Absent when AWS did not say who asks. */
  readonly identity?: Identity;
}

export async function examineAccount(questions: AccountQuestions): Promise<ExaminedAccount> {
  const { caller, expected } = questions;
  try {
    const identity = await identify(caller);
    return {
      identity,
      items: [
        { id: 'credentials', state: 'good', message: `The credentials are those of \`${identity.arn}\`.` },
        ...rootItems(identity),
        accountItem(identity, expected),
      ],
    };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { items: [await unanswered(error, questions)] };
  }
}

async function unanswered(error: CallError, questions: AccountQuestions): Promise<Item> {
  const cause = causeOf(error);
  if (error instanceof NoCredentials) {
    return { id: 'credentials', state: 'missing', ...(await questions.whyNone(error)) };
  }
  const { region } = questions.caller;
  const mayBeTheRegion = cause === 'unknown key' || cause === 'unknown host';
  if (mayBeTheRegion && questions.everywhere && (await answers(questions.everywhere))) {
    return {
      id: 'region',
      state: 'missing',
      message:
        cause === 'unknown key'
          ? `The Region ${region} is not enabled in this account: the credentials work in ${questions.everywhere.region}.`
          : `Nothing answers in ${region}, while ${questions.everywhere.region} does: there is no such Region.`,
      advice: 'Choose another with `--region`, or enable it under *Account*, *AWS Regions*.',
    };
  }
  const found =
    cause === 'unknown key' || cause === 'wrong secret' || cause === 'expired' || cause === 'clock';
  return {
    id: cause === 'clock' ? 'clock' : 'credentials',
    state: found ? 'missing' : 'unknown',
    message: `${error.sentence}.`.replace(/\.\.$/, '.'),
    advice: adviceFor(error),
  };
}

/**
 * A Region that has to be enabled first refuses credentials that work elsewhere: "Managing AWS STS in an AWS Region",
 * IAM user guide.
 */
async function answers(caller: Caller): Promise<boolean> {
  return identify(caller).then(
    () => true,
    () => false,
  );
}

function rootItems({ arn }: Identity): Item[] {
  if (!arn.endsWith(':root')) return [];
  return [
    {
      id: 'credentials',
      state: 'warning',
      message: 'These are credentials of the root user, who may do everything and cannot be limited.',
      advice: 'Make an IAM user or a role with administrator access, and use that.',
    },
  ];
}

function accountItem({ accountId }: Identity, expected: string | undefined): Item {
  if (expected === undefined || expected === accountId) {
    const meant = expected === undefined ? '' : ', the one that is meant';
    return { id: 'account', state: 'good', message: `The account is ${accountId}${meant}.` };
  }
  return {
    id: 'account',
    state: 'missing',
    message: `The account is ${accountId}, and not ${expected}.`,
    advice: `Use credentials of ${expected}, for example with \`--profile\`.`,
  };
}
