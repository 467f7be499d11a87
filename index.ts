/** The public interface: what an author needs to write a check, and what the commands do as a library. */

/** The zod that Labwright was made with, for `params` and `outputs`. */
export { z } from 'zod';
export type { AwsAccount } from './api/aws-account.ts';
export { type CheckEvent, type CheckLabOptions, type CheckOutcome, checkLab } from './api/check-lab.ts';
export { gradeClass } from './api/grade-class.ts';
export { type GraderRole, type GraderRoleOptions, graderRole } from './api/grader-role.ts';
export type { GradeClassOptions, GradedClass } from './api/grading/grade-class-options.ts';
export { loadLab } from './api/load-lab.ts';
export {
  type OpenSandbox,
  type OpenSandboxOptions,
  openSandbox,
  type SandboxAccount,
} from './api/open-sandbox.ts';
export type { Probe } from './api/prober.ts';
export type { LoadLabOptions } from './api/read-lab.ts';
export { type RegradeClassOptions, type RegradedClass, regradeClass } from './api/regrade-class.ts';
export { renderWriteUp } from './api/render-write-up.ts';
export type { Run } from './api/run.ts';
export { type SolveLabOptions, solveLab } from './api/solve-lab.ts';
export { type VerifyLabOptions, verifyLab } from './api/verify-lab.ts';
export type { Account } from './checks/account.ts';
export {
  CallError,
  type CallInput,
  type CallName,
  type CallOutput,
  isAbsent,
  isAccessDenied,
} from './checks/call.ts';
export {
  type Check,
  type CheckContext,
  type CheckDefinition,
  defineCheck,
  type Passed,
} from './checks/check.ts';
export { Failed } from './checks/expect.ts';
export { NotJudged } from './checks/not-judged.ts';
export { ChecksProblem } from './checks/own-checks.ts';
export type { SecretUse } from './checks/secret-use.ts';
export type { WriteUp, WriteUpOptions } from './reports/write-up.ts';
export { type ClassResult, classResultSchema } from './runner/class-result.ts';
export type { GradingProgress } from './runner/grading/grading-progress.ts';
export type { NotRegraded, Regraded } from './runner/grading/regrade.ts';
export { KeyFileProblem } from './runner/integrity/key-file-problem.ts';
export type { Lab } from './runner/lab/lab.ts';
export { LabNotFound, shippedLabs } from './runner/lab/lab-file.ts';
export { LabProblems, type Problem } from './runner/lab/problem.ts';
export { PlanError } from './runner/plan.ts';
export {
  type CheckResult,
  type Result,
  resultSchema,
  type StageResult,
  type Verdict,
} from './runner/result.ts';
export type { RosterProblem } from './runner/roster/roster.ts';
export { FolderInUse } from './runner/state/state-lock.ts';
export type { ProvenClaim } from './runner/verify/verify-lab.ts';
