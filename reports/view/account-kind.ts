/** What kind of account answered, in plain words. */
import type { Result } from '../../runner/result.ts';

export interface AccountKindView {
  readonly name: string;
  readonly sentence: string;
  /** Whether the reader must know this before anything else. */
  readonly isNotice: boolean;
}

const kinds: Readonly<Record<Result['account']['kind'], AccountKindView>> = {
  live: {
    name: 'AWS account',
    sentence: 'The checks asked a real AWS account.',
    isNotice: false,
  },
  assumed: {
    name: 'AWS account, through a role',
    sentence: 'The checks asked a real AWS account through a role that its owner lets the grader assume.',
    isNotice: false,
  },
  sandbox: {
    name: 'sandbox',
    sentence:
      'This work was done and checked in a sandbox: an AWS account inside the program that enforces IAM and KMS key policies. No real AWS account took part.',
    isNotice: true,
  },
  recording: {
    name: 'recording',
    sentence: 'The findings were judged from the recording of an earlier run. No account was asked again.',
    isNotice: true,
  },
};

export function accountKindView(kind: Result['account']['kind']): AccountKindView {
  return kinds[kind];
}
