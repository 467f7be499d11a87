/** What to do when a call could not be judged. Written for the learner, Markdown. */
import { CallError } from '../checks/call.ts';
import { NotJudged } from '../checks/not-judged.ts';
import { type Cause, causeOf } from './accounts/cause.ts';
import { NoCredentials } from './accounts/no-credentials.ts';
import { RoleNotAssumed } from './accounts/role-not-assumed.ts';

/** One or two sentences on what to do about an error that is not the learner's work. */
export function adviceFor(error: unknown): string {
  if (error instanceof NotJudged) {
    const advices = new Set([...(error.advice ? [error.advice] : []), ...error.causes.map(adviceFor)]);
    return [...advices].join(' ') || 'Nothing was scored.';
  }
  if (error instanceof RoleNotAssumed) return error.advice;
  if (error instanceof CallError) return advices[causeOf(error)](error);
  // Before a temporary key is made, it is written down.
  if (unwritable.has((error as NodeJS.ErrnoException | undefined)?.code ?? ''))
    return 'What has to be noted could not be written. Make room on the disk, or work in a folder that you may write to.';
  return 'This is a fault of the check, not of your work. Please report it.';
}

const unwritable = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS']);

const advices: Record<Cause, (error: CallError) => string> = {
  'not permitted'({ call, message }) {
    const action = /not authorized to perform: (\S+)/.exec(message)?.[1] ?? call;
    return `The credentials that run the checks need the permission \`${action}\`. Add it to them, or use others with \`--profile\`.`;
  },
  'unknown key': () =>
    'AWS does not know this access key, or the Region is not enabled in the account. Check AWS_ACCESS_KEY_ID or your profile, and the Region.',
  'wrong secret': () =>
    'The secret does not belong to the access key. Check AWS_SECRET_ACCESS_KEY or your profile.',
  clock: () => "This machine's clock is more than a few minutes off. Set it, and run again.",
  expired: () => 'The session has expired. Sign in again (for example `aws sso login`), and run again.',
  'not signed up': () =>
    'The account is not ready for this service. A new account takes up to a day after its sign-up; look into its console for what is open.',
  throttled: () => 'AWS asked to slow down. Wait a minute, and run again; nothing was scored.',
  'unknown host': () =>
    'There is no server of that name. Check that the Region exists (`--region`), `--endpoint-url` and the network, and run again.',
  unreachable: () => 'Nothing answered. Check the network, the Region and `--endpoint-url`, and run again.',
  'no credentials': (error) =>
    error instanceof NoCredentials && error.profile !== undefined
      ? `Put credentials into the profile \`${error.profile}\`, or sign in again with \`aws sso login --profile ${error.profile}\`.`
      : 'No usable credentials were found. Run `aws configure`, or name a profile with `--profile`.',
  'trouble at AWS': () => 'AWS had trouble of its own. Run again in a minute; nothing was scored.',
  'not recorded': () => 'A recording tells no more than was asked then. Check the account itself again.',
  'other account': () => 'Use credentials of that account, or correct the account id.',
  unknown: () => 'Nothing was scored. Run again; if it stays, please report it with this message.',
};
