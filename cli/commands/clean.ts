import { identify } from '../../runner/accounts/identify.ts';
import {
  type CleanTarget,
  type Looked,
  leftAsIs,
  lookAtAll,
  type Outcome,
  removeAll,
} from '../../runner/clean/clean.ts';
import { nameRules, type Thing } from '../../runner/clean/made.ts';
import { thingsOf } from '../../runner/clean/things.ts';
import { openAccount } from '../accounts/open-account.ts';
import { cleanReport } from '../clean-report.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput, type Output } from '../output.ts';
import { stateOf } from '../state.ts';
import { lookedText, outcomeText } from '../terminal/clean-text.ts';
import { confirm } from '../terminal/confirm.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface CleanFlags extends AccountFlags, ChecksFlags {
  readonly set: Record<string, string>;
  /** The id of the account, or true where none was named. */
  readonly yes?: string | true;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright clean`: removes what the lab made, once that is agreed to. */
export async function clean(labName: string, flags: CleanFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName, flags);
  if (lab.makes.length === 0)
    throw new UserError(
      `The lab ${lab.id} does not say what it makes (\`makes\`), so nothing can be removed for it.`,
    );
  const place = await openAccount(flags);
  const { signal, release } = interruptSignal();
  // A call that was begun is not cut off by Ctrl-C: what it did would not be known.
  const caller = place.owner();
  try {
    const identity = await identify(caller);
    const account = { id: identity.accountId, arn: identity.arn, region: caller.region, kind: place.kind };
    const consent = consentOf(flags, account, output.asks);
    const { attempts } = await stateOf(lab.id).attempts();
    const things = thingsOf({ lab, settings: flags.set, attempts, account });
    const target = { caller, identity };
    const looked = await lookAtAll(things, target);
    const where = `account ${account.id}, ${account.region}`;
    if (!flags.json) {
      output.print(`${output.style.bold(plain(lab.title))}\n${where}\n\n`);
      output.print(looked.map((one) => lookedText(one, output)).join(''));
    }
    const removable = looked.filter(({ sight }) => sight?.there && sight.stops.length === 0);
    const agreement =
      flags.dryRun || removable.length === 0 || signal.aborted
        ? undefined
        : await agree({ looked: removable, consent, where, output, signal });
    const { outcomes, interrupted } = agreement?.given
      ? await remove({ looked, agreed: agreement.things, target, signal, output })
      : { outcomes: looked.map(leftAsIs), interrupted: signal.aborted };
    if (flags.json) {
      const report = cleanReport({
        lab,
        account,
        dryRun: flags.dryRun ?? false,
        interrupted,
        looked,
        outcomes,
      });
      output.print(`${JSON.stringify(report, null, 2)}\n`);
    } else if (agreement?.given) {
      output.print(`\n${outcomes.map((one) => outcomeText(one, output)).join('')}`);
    } else {
      output.print(conclusion(looked, flags, removable.length));
    }
    if (interrupted) output.note('Interrupted. Run it again to go on.\n');
    if (agreement?.unasked) output.note(`${agreement.unasked}\n`);
    process.exitCode = interrupted
      ? exitCodes.interrupted
      : agreement?.unasked
        ? exitCodes.usage
        : exitCodeOf(outcomes);
  } finally {
    release();
    caller.close();
  }
}

function conclusion(looked: readonly Looked[], flags: CleanFlags, removable: number): string {
  if (looked.every(({ sight }) => sight && !sight.there)) return '\nNothing of the lab is there.\n';
  if (flags.dryRun && removable > 0) return '\nNothing was removed: this was a dry run.\n';
  return '\nNothing was removed.\n';
}

type Consent = 'given' | 'to be asked' | { readonly say: string };

/** @throws UserError for a consent to something else */
function consentOf({ yes }: CleanFlags, { id, kind }: { id: string; kind: string }, asks: boolean): Consent {
  const say = kind === 'sandbox' ? '--yes' : `--yes ${id}`;
  if (yes === undefined) return asks ? 'to be asked' : { say };
  if (yes === true) {
    if (kind === 'sandbox') return 'given';
    throw new UserError(
      `This is a live AWS account. Name it, so that it is the right one: \`${say}\`. Nothing was removed.`,
    );
  }
  if (!/^\d{12}$/.test(yes)) {
    throw new UserError(
      `"${plain(yes)}" is not the id of an account, twelve digits. Write \`--yes\` after everything else. Nothing was removed.`,
    );
  }
  if (yes !== id)
    throw new UserError(`These are credentials of the account ${id}, not of ${yes}. Nothing was removed.`);
  return 'given';
}

interface AgreeOptions {
  readonly looked: readonly Looked[];
  readonly consent: Consent;
  readonly where: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}

interface Agreement {
  readonly given: boolean;
  /** What may be somebody else's and was agreed to nevertheless. */
  readonly things: readonly Thing[];
  /** What to say where nobody could be asked. */
  readonly unasked?: string;
}

async function agree({ looked, consent, where, output, signal }: AgreeOptions): Promise<Agreement> {
  if (typeof consent === 'object') {
    const unasked = `There is no terminal to ask on, so nothing was removed. If it is to go, say \`${consent.say}\`.`;
    return { given: false, things: [], unasked };
  }
  const things: Thing[] = [];
  for (const { thing, sight } of looked) {
    if (!sight?.there || sight.doubts.length === 0 || !output.asks || signal.aborted) continue;
    const question = `The ${nameRules[thing.kind].word} ${plain(thing.name)} may be somebody else's (see above). Remove it nevertheless?`;
    if (await confirm(question, signal)) things.push(thing);
  }
  const going = looked.filter(
    ({ thing, sight }) => sight?.there && (sight.doubts.length === 0 || things.includes(thing)),
  );
  if (signal.aborted || going.length === 0) return { given: false, things };
  if (consent === 'given') return { given: true, things };
  const names = going.map(({ thing }) => plain(thing.name)).join(', ');
  return { given: await confirm(`Remove ${names} (${where})?`, signal), things };
}

interface RemoveOptions {
  readonly looked: readonly Looked[];
  readonly agreed: readonly Thing[];
  readonly target: CleanTarget;
  readonly signal: AbortSignal;
  readonly output: Output;
}

function remove({ looked, agreed, target, signal, output }: RemoveOptions) {
  return removeAll({
    ...target,
    looked,
    agreed: (thing) => agreed.includes(thing),
    signal,
    onStep: (_, did) => output.note(output.style.dim(`  ${plain(did)}\n`)),
  });
}

function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some(({ state }) => state === 'left')) return exitCodes.failed;
  return outcomes.some(({ state }) => state === 'unknown') ? exitCodes.notJudged : exitCodes.passed;
}
