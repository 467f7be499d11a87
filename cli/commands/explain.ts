import { identify } from '../../runner/accounts/identify.ts';
import { Memory, RunAccount } from '../../runner/accounts/run-account.ts';
import { explainCalls, explain as explainQuestion } from '../../runner/explain/explain.ts';
import { toldAccess } from '../../runner/explain/told.ts';
import { openAccount } from '../accounts/open-account.ts';
import { interruptSignal } from '../interrupt.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ContextFlags } from '../options/context.ts';
import { createOutput } from '../output.ts';
import { explanationText } from '../terminal/explanation-text.ts';
import { exitCodes } from '../user-error.ts';

export interface ExplainFlags extends AccountFlags {
  readonly through?: string;
  readonly context: ContextFlags;
  readonly json?: boolean;
  readonly color: boolean;
}

const exitCodeOf = {
  allowed: exitCodes.passed,
  denied: exitCodes.failed,
  undecided: exitCodes.notJudged,
} as const;

/** `labwright explain`: whether a principal may do something, and why. Reads, and never writes. */
export async function explain(
  principal: string,
  action: string,
  resource: string,
  flags: ExplainFlags,
): Promise<void> {
  const { print, style, width } = createOutput(!flags.color);
  const { signal, release } = interruptSignal();
  const caller = (await openAccount(flags)).owner(signal);
  try {
    const account = new RunAccount({
      check: 'explain',
      calls: explainCalls,
      caller,
      identity: await identify(caller),
      memory: new Memory(),
      evidence: [],
    });
    const question = {
      principal,
      action,
      resource,
      ...(flags.through !== undefined && { through: flags.through }),
      context: knownContext(flags.context),
    };
    const told = toldAccess(await explainQuestion(question, account));
    print(flags.json ? `${JSON.stringify(told, null, 2)}\n` : `${explanationText(told, style, width)}\n`);
    process.exitCode = exitCodeOf[told.answer];
  } finally {
    release();
    caller.close();
  }
}

function knownContext(flags: ContextFlags) {
  const entries = Object.entries(flags);
  const given = entries.flatMap(([key, values]): [string, string | readonly string[]][] => {
    const [only] = values;
    if (only === undefined) return [];
    return [[key, values.length === 1 ? only : values]];
  });
  return {
    context: Object.fromEntries(given),
    lacks: entries.filter(([, values]) => values.length === 0).map(([key]) => key),
  };
}
