import { CallError } from '../checks/call.ts';
import { Failed } from '../checks/expect.ts';
import { NotJudged } from '../checks/not-judged.ts';
import { adviceFor } from '../runner/advice.ts';
import { QuestionError } from '../runner/explain/question-error.ts';
import { LabProblems } from '../runner/lab/problem.ts';
import { PlanError } from '../runner/plan.ts';
import { AnswersError } from '../runner/state-folder.ts';
import { plain } from './terminal/style.ts';
import { exitCodes, UserError } from './user-error.ts';

/** What to tell the user about an error that ended a command. */
export function explainError(error: unknown): { message: string; exitCode: number } {
  if (error instanceof UserError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof LabProblems) {
    const count = error.problems.length;
    return {
      message: `${error.message}\n\n${count} problem${count === 1 ? '' : 's'}.`,
      exitCode: exitCodes.usage,
    };
  }
  if (error instanceof PlanError || error instanceof AnswersError)
    return { message: error.message, exitCode: exitCodes.usage };
  // What is asked about is not there.
  if (error instanceof QuestionError || error instanceof Failed)
    return { message: plain(error.message), exitCode: exitCodes.usage };
  if (error instanceof NotJudged) {
    const message = `${plain(error.message)}\n${adviceFor(error)}`;
    return { message, exitCode: exitCodes.notJudged };
  }
  if (error instanceof CallError) {
    if (error.code === 'CredentialsProviderError')
      return { message: noCredentials, exitCode: exitCodes.usage };
    const message = `${error.sentence}\n${adviceFor(error)}`;
    return { message, exitCode: exitCodes.notJudged };
  }
  const { code, path, message = String(error) } = error as NodeJS.ErrnoException;
  const fix = (code && fixes[code]) ?? 'If this looks like a fault of Labwright, please report it.';
  return { message: `${path ? `${path}: ` : ''}${message}\n${fix}`, exitCode: exitCodes.usage };
}

const noCredentials = [
  'No AWS credentials were found.',
  'Run `aws configure` (or `aws sso login`), name a profile with `--profile`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  'Without an AWS account, run `labwright sandbox` in another terminal and use `--sandbox`.',
].join('\n');

const fixes: Record<string, string> = {
  ENOSPC: 'The disk is full. Make room, and run again; nothing that was there before is lost.',
  EACCES: 'Permission was refused. Choose another folder, or change its permissions.',
  EROFS: 'The file system is read-only. Choose another folder.',
  ENOENT: 'Check the path.',
  ENOTDIR: 'Part of the path is a file; choose another folder.',
  EEXIST: 'There is a file of that name; choose another folder.',
  EISDIR: 'That is a folder; name a file.',
};
