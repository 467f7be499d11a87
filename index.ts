/** The public interface: what an author needs to write a check, and the shape of a result. */
export type { Account } from './checks/account.ts';
export { CallError, type CallInput, type CallName, type CallOutput } from './checks/call.ts';
export { type CheckContext, type CheckDefinition, defineCheck, type Passed } from './checks/check.ts';
export { Failed } from './checks/expect.ts';
export { NotJudged } from './checks/not-judged.ts';
export type { SecretUse } from './checks/secret-use.ts';
export { type Result, resultSchema } from './runner/result.ts';
