/** Checks of the served lab, one at a time: how far the one under way is, and what it asks. */
import { setMaxListeners } from 'node:events';
import type { CheckedLab } from '../../runner/check-lab.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { type Plan, planRun } from '../../runner/plan.ts';
import type { CheckResult } from '../../runner/result.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';
import { Checker } from '../checker.ts';
import { explainError } from '../explain-error.ts';
import type { ProbeChoice } from '../options/probe.ts';
import { UserError } from '../user-error.ts';
import type { ServedAccount } from './served-account.ts';

/** A check under way. */
export interface Progress {
  readonly plan: Plan;
  readonly wholeLab: boolean;
  phase: 'waiting' | 'checking' | 'stopping';
  /** Ids of steps. */
  readonly running: Set<string>;
  readonly findings: Map<string, CheckResult>;
  /** The user of whom a temporary access key may be made. */
  asksFor?: string;
}

/** How a check ended. */
export interface Ended {
  readonly checked?: CheckedLab;
  /** What went wrong, for the learner. */
  readonly troubles: readonly { readonly message: string; readonly advice?: string }[];
}

export interface ServedChecksOptions {
  readonly account: ServedAccount;
  readonly probe?: ProbeChoice;
  /** Told whenever a check has got further. @param settled the step whose finding is new */
  readonly onProgress: (settled?: string) => void;
  /** Told when it is asked whether a temporary access key of a user may be made. */
  readonly onAsk: (userName: string) => void;
  readonly onEnd: (ended: Ended) => Promise<void>;
}

export interface CheckRequest {
  readonly lab: Lab;
  readonly state: StateFolder;
  readonly names: Readonly<Record<string, string>>;
  /** Ids; all when empty. */
  readonly stages: readonly string[];
}

interface Running {
  readonly progress: Progress;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export class ServedChecks {
  readonly #options: ServedChecksOptions;
  /** Users of whom temporary keys may be made, agreed to since the server began. */
  readonly #agreed = new Set<string>();
  #running: Running | undefined;
  #answer: ((agree: boolean) => void) | undefined;

  constructor(options: ServedChecksOptions) {
    this.#options = options;
  }

  get progress(): Progress | undefined {
    return this.#running?.progress;
  }

  /** Begins a check and returns. @throws PlanError; UserError when one is under way */
  start(request: CheckRequest): void {
    if (this.#running) throw new UserError('A check is under way. Wait for it to end, or stop it first.');
    const plan = planRun(request.lab, request.names, request.stages);
    const controller = new AbortController();
    // Every call that is under way listens to it.
    setMaxListeners(0, controller.signal);
    const progress: Progress = {
      plan,
      wholeLab: request.stages.length === 0,
      phase: 'checking',
      running: new Set(),
      findings: new Map(),
    };
    const ended = this.#run(request, progress, controller.signal).then(async (end) => {
      this.#running = undefined;
      await this.#options.onEnd(end);
    });
    this.#running = { progress, controller, ended };
    this.#options.onProgress();
  }

  /** Ends the check under way, if there is one, once what was made for it is deleted. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    const { progress, controller, ended } = this.#running;
    progress.phase = 'stopping';
    this.agree(false);
    controller.abort();
    this.#options.onProgress();
    await ended;
  }

  /** Answers what the check under way asks. */
  agree(agree: boolean): void {
    this.#answer?.(agree);
  }

  async #run(request: CheckRequest, progress: Progress, signal: AbortSignal): Promise<Ended> {
    const { lab, state, names, stages } = request;
    const { account, probe, onProgress } = this.#options;
    const notes: string[] = [];
    let free: (() => Promise<void>) | undefined;
    let checker: Checker | undefined;
    try {
      const onWait = () => {
        progress.phase = 'waiting';
        onProgress();
      };
      free = await state.lock({ signal, onWait });
      progress.phase = 'checking';
      // One for each check, so that a temporary key lives no longer than that: it would be in the learner's way, who
      // makes keys of the same user and in the end deletes it.
      checker = new Checker({
        lab,
        settings: names,
        account: await account.open(),
        ...(probe && { probe }),
        ask: (userName) => this.#ask(userName, progress),
        state,
        note: (text) => notes.push(text.trim()),
        signal,
      });
      const checked = await checker.check({
        stages,
        onStart: (step) => {
          progress.running.add(step.id);
          onProgress();
        },
        onFinding: (step, finding) => {
          progress.running.delete(step.id);
          progress.findings.set(step.id, finding);
          onProgress(step.id);
        },
      });
      const leftBehind = await checker.close();
      return {
        checked,
        troubles: [...notes.map((message) => ({ message })), ...troublesOf(checked, leftBehind)],
      };
    } catch (error) {
      if (signal.aborted) return { troubles: [{ message: stopped }] };
      const { message } = await explainError(error);
      return { troubles: [...notes.map((note) => ({ message: note })), { message }] };
    } finally {
      await checker?.close();
      await free?.();
    }
  }

  async #ask(userName: string, progress: Progress): Promise<boolean> {
    if (this.#agreed.has(userName)) return true;
    const agree = await new Promise<boolean>((resolve) => {
      this.#answer = resolve;
      progress.asksFor = userName;
      this.#options.onProgress();
      this.#options.onAsk(userName);
    });
    this.#answer = undefined;
    delete progress.asksFor;
    if (agree) this.#agreed.add(userName);
    this.#options.onProgress();
    return agree;
  }
}

const stopped = 'The check was stopped, and is not kept.';

function troublesOf(checked: CheckedLab, leftBehind: string | undefined): Ended['troubles'] {
  const { unanswered, interrupted, notKept, unreadable } = checked;
  return [
    ...(interrupted ? [{ message: stopped }] : []),
    ...(unanswered && !interrupted
      ? [{ message: `Nothing could be judged. ${unanswered.message}`, advice: unanswered.advice }]
      : []),
    ...(leftBehind === undefined
      ? []
      : [
          {
            message: `A temporary access key could not be deleted: ${leftBehind}`,
            advice: 'It is noted, and the next check in this folder deletes it.',
          },
        ]),
    ...(notKept === undefined
      ? []
      : [{ message: `This check could not be kept: ${notKept}. What was kept before is still there.` }]),
    ...(unreadable > 0
      ? [{ message: `${unreadable} earlier attempts could not be read and were left alone.` }]
      : []),
  ];
}
