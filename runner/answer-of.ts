import type { CallName } from '../checks/call.ts';
import type { Check, CheckContext, Passed } from '../checks/check.ts';

/**
 * Runs a check, and holds its answer to what it declares: authors need not use a compiler.
 *
 * @throws what the check throws, and Error for an answer that is none
 */
export async function answerOf(
  check: Check,
  context: CheckContext<unknown, CallName, CallName>,
): Promise<Passed<Record<string, unknown>>> {
  const answer: Partial<Passed<Record<string, unknown>>> | undefined = await check.run(context);
  const { message, outputs = {} } = answer ?? {};
  if (typeof message !== 'string' || message === '')
    throw new Error('it returned no `message`, the sentence that says what it saw.');
  const issue = check.outputs.safeParse(outputs).error?.issues[0];
  if (issue) throw new Error(`its output ${issue.path.join('.')} is not what it declares: ${issue.message}`);
  return { ...answer, message, outputs };
}
