import { CallError } from '../checks/call.ts';
import { Failed } from '../checks/expect.ts';
import { NotJudged } from '../checks/not-judged.ts';
import { ChecksProblem } from '../checks/own-checks.ts';
import { NoCredentials } from '../runner/accounts/no-credentials.ts';
import { adviceFor } from '../runner/advice.ts';
import { NoAutograder } from '../runner/autograder/autograder-file.ts';
import { QuestionError } from '../runner/explain/question-error.ts';
import { QueueProblem } from '../runner/grading/queue/queue-problem.ts';
import { KeyFileProblem } from '../runner/integrity/key-file-problem.ts';
import { NoResult } from '../runner/integrity/read-results.ts';
import { LabNotFound } from '../runner/lab/lab-file.ts';
import { LabProblems } from '../runner/lab/problem.ts';
import { PlanError } from '../runner/plan.ts';
import { AnswersError } from '../runner/state/state-folder.ts';
import { FolderInUse } from '../runner/state/state-lock.ts';
import { DataFolderProblem } from '../sandbox/keeping/data-folder-problem.ts';
import { credentialFault } from './machine/credential-faults.ts';
import { plain } from './terminal/style.ts';
import { exitCodes, UserError } from './user-error.ts';

/** What to tell the user about an error that ended a command. */
export async function explainError(error: unknown): Promise<{ message: string; exitCode: number }> {
  if (error instanceof UserError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof LabProblems) {
    const count = error.problems.length;
    return {
      message: `${error.message}\n\n${count} problem${count === 1 ? '' : 's'}.`,
      exitCode: exitCodes.usage,
    };
  }
  const said = [
    LabNotFound,
    ChecksProblem,
    PlanError,
    AnswersError,
    FolderInUse,
    DataFolderProblem,
    KeyFileProblem,
    NoAutograder,
    NoResult,
    QueueProblem,
  ];
  if (error instanceof Error && said.some((kind) => error instanceof kind))
    return { message: error.message, exitCode: exitCodes.usage };
  // What is asked about is not there.
  if (error instanceof QuestionError || error instanceof Failed)
    return { message: plain(error.message), exitCode: exitCodes.usage };
  if (error instanceof NotJudged) {
    const message = `${plain(error.message)}\n${adviceFor(error)}`;
    return { message, exitCode: exitCodes.notJudged };
  }
  if (error instanceof NoCredentials) {
    const { message, advice } = await credentialFault(error);
    return { message: `${message}\n${advice}`, exitCode: exitCodes.usage };
  }
  if (error instanceof CallError) {
    const message = `${error.sentence}\n${adviceFor(error)}`;
    return { message, exitCode: exitCodes.notJudged };
  }
  const { code, path, message = String(error) } = error as NodeJS.ErrnoException;
  const fix = (code && fixes[code]) ?? 'If this looks like a fault of Labwright, please report it.';
  return { message: `${path ? `${path}: ` : ''}${message}\n${fix}`, exitCode: exitCodes.usage };
}

const fixes: Record<string, string> = {
  ENOSPC: 'The disk is full. Make room, and run again; nothing that was there before is lost.',
  EACCES: 'Permission was refused. Choose another folder, or change its permissions.',
  EROFS: 'The file system is read-only. Choose another folder.',
  ENOENT: 'Check the path.',
  ENOTDIR: 'Part of the path is a file; choose another folder.',
  EEXIST: 'There is a file of that name; choose another folder.',
  EISDIR: 'That is a folder; name a file.',
};
