/** `labwright check --watch`: the same checks again and again, while somebody works on what they look at. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckedLab } from '../../runner/check-lab.ts';
import { type Plan, planRun } from '../../runner/plan.ts';
import type { CheckResult, Result } from '../../runner/result.ts';
import {
  type CheckAndShowOptions,
  keyQuestion,
  leftBehindNote,
  liveProgress,
  showStages,
} from '../check-and-show.ts';
import { Checker } from '../checker.ts';
import { confirm } from '../terminal/confirm.ts';
import { KeyPresses } from '../terminal/key-presses.ts';
import type { LiveProgress } from '../terminal/live-progress.ts';
import { findingText } from '../terminal/stage-text.ts';
import { plain } from '../terminal/style.ts';
import { nextWaitMs, seenIn } from './pace.ts';

export type WatchOptions = Omit<CheckAndShowOptions, 'showFindings' | 'signal'> & {
  /** Ends the watch. */
  readonly signal: AbortSignal;
};

/**
 * Checks until all that was asked for passes, or until it is ended. The state folder is locked for each check only, so
 * that other commands can use it in between.
 *
 * @returns the latest check that was not interrupted; undefined when there was none
 * @throws what `checkLab` and the lock throw
 */
export async function watchCheck(options: WatchOptions): Promise<CheckedLab | undefined> {
  const plan = planRun(options.lab, options.settings, options.stages);
  const live = await liveProgress(plan, options.output);
  return new Watch(options, plan, live).run();
}

class Watch {
  readonly #options: WatchOptions;
  readonly #plan: Plan;
  readonly #live: LiveProgress | undefined;
  /** Absent where nobody presses any. */
  readonly #keys: KeyPresses | undefined;
  readonly #checker: Checker;
  readonly #quit = new AbortController();
  readonly #signal: AbortSignal;
  #latest: CheckedLab | undefined;
  #shown: ReadonlyMap<string, CheckResult['verdict']> = new Map();
  /** Ends the wait between two checks. */
  #wake: (() => void) | undefined;

  constructor(options: WatchOptions, plan: Plan, live: LiveProgress | undefined) {
    const { output } = options;
    this.#options = options;
    this.#plan = plan;
    this.#live = live;
    this.#signal = AbortSignal.any([options.signal, this.#quit.signal]);
    // Every call that is under way listens to it.
    setMaxListeners(0, this.#signal);
    if (live && output.asks) {
      this.#keys = new KeyPresses(process.stdin, (key) =>
        key === 'quit' ? this.#quit.abort() : this.#wake?.(),
      );
    }
    const note = (text: string) => this.#aside(async () => output.note(text));
    const ask = (userName: string) =>
      this.#aside(() => {
        const answered = () => confirm(keyQuestion(userName), this.#signal);
        return this.#keys ? this.#keys.during(answered) : answered();
      });
    this.#checker = new Checker({
      ...options,
      keepsProber: true,
      signal: this.#signal,
      note,
      ...(output.asks && { ask }),
    });
  }

  async run(): Promise<CheckedLab | undefined> {
    this.#keys?.begin();
    try {
      await this.#checkUntilDone();
    } finally {
      this.#live?.done();
      this.#keys?.end();
      const leftBehind = await this.#checker.close();
      if (leftBehind !== undefined) this.#options.output.note(leftBehindNote(leftBehind));
    }
    const { output } = this.#options;
    if (this.#latest && !this.#latest.unanswered && this.#live)
      showStages(this.#latest.result, this.#plan.chosen, output);
    return this.#latest;
  }

  async #checkUntilDone(): Promise<void> {
    for (let waitedMs: number | undefined; ; ) {
      const before = this.#latest?.findings ?? new Map<string, CheckResult>();
      const checked = await this.#checkOnce();
      if (!checked || checked.interrupted) return;
      this.#latest = checked;
      this.#printChanges(checked);
      if (passes(checked.result, this.#plan.chosen)) return;
      const waitMs = nextWaitMs(waitedMs, seenIn(checked, before));
      this.#tell(checked, waitMs);
      const waited = await this.#wait(waitMs);
      if (waited === 'quit') return;
      waitedMs = waited === 'asked' ? undefined : waitMs;
    }
  }

  /** @returns undefined when the watch was ended before it began */
  async #checkOnce(): Promise<CheckedLab | undefined> {
    const { state, stages } = this.#options;
    let free: (() => Promise<void>) | undefined;
    try {
      free = await state.lock({
        signal: this.#signal,
        onWait: ({ pid }) =>
          this.#live?.tell(['', `  Another run (process ${pid}) is using this folder; waiting.`]),
      });
      return await this.#checker.check({
        stages,
        // An hour of watching is not a hundred attempts.
        keepUnchanged: false,
        onStart: (step) => this.#live?.start(step),
        onFinding: (step, finding) => this.#live?.settle(step, finding),
      });
    } catch (error) {
      if (this.#signal.aborted) return undefined;
      throw error;
    } finally {
      await free?.();
    }
  }

  async #wait(ms: number): Promise<'over' | 'asked' | 'quit'> {
    const asked = new AbortController();
    this.#wake = () => asked.abort();
    try {
      await delay(ms, undefined, { signal: AbortSignal.any([asked.signal, this.#signal]) });
      return 'over';
    } catch {
      return this.#signal.aborted ? 'quit' : 'asked';
    } finally {
      this.#wake = undefined;
    }
  }

  /** Below the checks: what is open first, and when it goes on. */
  #tell({ result, unanswered, notKept }: CheckedLab, waitMs: number): void {
    const { style, width } = this.#options.output;
    const open = shownStages(result, this.#plan.chosen)
      .flatMap(({ checks }) => checks)
      .find(({ verdict }) => verdict !== 'pass');
    const text = unanswered
      ? `  ${plain(unanswered.message)}\n  → ${style.markdown(unanswered.advice)}`
      : open
        ? findingText(open, { style, width: width - 2, runAt: result.startedAt })
        : '';
    const when = `Checked at ${clock(result.finishedAt)}; again in ${Math.round(waitMs / 1000)} s.`;
    this.#live?.tell([
      '',
      ...text.split('\n'),
      ...(notKept === undefined ? [] : [`  This run could not be kept: ${plain(notKept)}`]),
      '',
      `  ${style.dim(when)}`,
      ...(this.#keys ? [`  ${style.dim('Enter checks now, q ends.')}`] : []),
    ]);
  }

  /** Without a terminal, a line for each check whose verdict is new. */
  #printChanges({ result, unanswered }: CheckedLab): void {
    if (this.#live) return;
    const { style, print, note } = this.#options.output;
    if (unanswered) note(`${clock(result.finishedAt)}  ${plain(unanswered.message)}\n`);
    const stages = shownStages(result, this.#plan.chosen);
    const verdicts = new Map<string, CheckResult['verdict']>();
    for (const { id, checks } of stages) {
      for (const [at, { verdict, title, message }] of checks.entries()) {
        const key = `${id}/${at}`;
        verdicts.set(key, verdict);
        if (this.#shown.get(key) === verdict) continue;
        print(
          `${clock(result.finishedAt)}  ${id}  ${style.verdict(verdict)}  ${plain(title)}: ${plain(message)}\n`,
        );
      }
    }
    this.#shown = verdicts;
  }

  #aside<Value>(something: () => Promise<Value>): Promise<Value> {
    return this.#live ? this.#live.during(something) : something();
  }
}

function passes(result: Result, chosen: readonly string[]): boolean {
  return shownStages(result, chosen).every(({ verdict }) => verdict === 'pass');
}

function shownStages({ stages }: Result, chosen: readonly string[]): Result['stages'] {
  return stages.filter(({ id }) => chosen.includes(id));
}

/** `14:02:10 UTC` */
function clock(iso: string): string {
  return `${iso.slice(11, 19)} UTC`;
}
