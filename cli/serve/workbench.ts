/** What the page shows and what it can do: the lab, its account, its checks, and the tabs that are told of them. */

import type { LabPageRenderer } from '../../reports/lab-page.ts';
import type { LabPage, PageTrouble } from '../../reports/lab-page-content.ts';
import { picturesOf } from '../../reports/picture.ts';
import { renderWriteUpPage } from '../../reports/write-up.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { explainError } from '../explain-error.ts';
import { readPictures } from '../inputs/read-pictures.ts';
import type { ProbeChoice } from '../options/probe.ts';
import { type CallInWords, callInWords } from '../sandbox/call-log.ts';
import { EventStream } from './event-stream.ts';
import type { ServedAccount } from './served-account.ts';
import { type Ended, type Progress, ServedChecks } from './served-checks.ts';
import type { ServedLab } from './served-lab.ts';
import type { ServerEvents } from './server-events.ts';

/** Calls that are remembered for a tab that opens later. */
const rememberedCalls = 300;

export interface WorkbenchOptions {
  readonly served: ServedLab;
  readonly account: ServedAccount;
  readonly renderer: LabPageRenderer;
  readonly probe?: ProbeChoice;
}

export class Workbench {
  readonly events = new EventStream();
  readonly #served: ServedLab;
  readonly #account: ServedAccount;
  readonly #renderer: LabPageRenderer;
  readonly #checks: ServedChecks;
  readonly #closing = new AbortController();
  #calls: CallInWords[] = [];
  #troubles: readonly PageTrouble[] = [];
  /** What tabs were told last, by fragment. */
  #told = new Map<string, string>();

  constructor({ served, account, renderer, probe }: WorkbenchOptions) {
    this.#served = served;
    this.#account = account;
    this.#renderer = renderer;
    this.#checks = new ServedChecks({
      account,
      ...(probe && { probe }),
      onProgress: (settled) => this.#onProgress(settled),
      onAsk: (userName) =>
        this.events.send('say', {
          words: `It is asked whether a temporary access key of ${userName} may be made. Two buttons below the heading answer it.`,
        }),
      onEnd: (ended) => this.#onEnd(ended),
    });
    this.#told = renderer.fragments(this.#page());
  }

  /** Finds out whose account it is, so that only what was earned there counts. Never throws. */
  async meetAccount(): Promise<void> {
    const before = this.#troubles;
    let now: readonly PageTrouble[] = [];
    try {
      this.#served.account = await this.#account.identify(this.#closing.signal);
      await this.#served.refresh();
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      now = [troubleIn((await explainError(error)).message)];
    }
    // A check that was begun meanwhile tells of the same trouble, and of more.
    if (this.#troubles === before) this.#troubles = now;
    this.#publish();
    this.#publishWriteUp();
  }

  html(): string {
    return this.#renderer.page(this.#page());
  }

  get style(): string {
    return this.#renderer.style;
  }

  /** The page of the write-up as it stands. */
  async writeUp(): Promise<string> {
    const { result } = this.#served;
    const { kind } = this.#account;
    const known = this.#served.account;
    // Before the first check a write-up tells of no account yet.
    const unknown = {
      id: known?.id ?? 'not known yet',
      arn: 'not known yet',
      region: known?.region ?? '',
      kind,
    };
    const told =
      result.account.id === ''
        ? { ...result, account: unknown, startedAt: 'not yet', finishedAt: 'not yet' }
        : result;
    const { pictures } = await readPictures(this.#served.state.path, picturesOf(told));
    return renderWriteUpPage(told, { pictures });
  }

  snapshot(): ServerEvents['snapshot'] {
    return {
      fragments: Object.fromEntries(this.#renderer.fragments(this.#page())),
      answers: this.#served.answers,
      names: this.#served.names,
      calls: this.#calls,
      running: this.#checks.progress !== undefined,
    };
  }

  /** Begins a check. @throws LabProblems when the lab's file is wrong by now; PlanError; UserError */
  async check(stages: readonly string[]): Promise<void> {
    await this.#reloadLab();
    const { lab, state, names } = this.#served;
    this.#troubles = [];
    this.#checks.start({ lab, state, names, stages });
    this.events.send('running', { running: true });
    this.#publish();
  }

  stop(): Promise<void> {
    return this.#checks.stop();
  }

  agree(agree: boolean): void {
    this.#checks.agree(agree);
  }

  /** @throws what `ServedLab.answer` throws */
  async answer(id: string, text: string, base: string): Promise<void> {
    await this.#served.answer(id, text, base);
    this.events.send('answer', { id, text });
    this.#publish();
    this.#publishWriteUp();
  }

  /** @throws PlanError for names that do not do */
  async rename(names: Readonly<Record<string, string>>): Promise<void> {
    await this.#served.rename(names);
    this.events.send('names', { names: this.#served.names });
    this.#publish();
    this.#publishWriteUp();
  }

  addCall(record: CallRecord): void {
    const call = callInWords(record);
    this.#calls = [...this.#calls, call].slice(-rememberedCalls);
    this.events.send('call', call);
  }

  /** Ends the check under way and the streams. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#checks.stop();
    this.events.close();
  }

  async #reloadLab(): Promise<void> {
    if (this.#checks.progress) return;
    if (await this.#served.reload()) this.events.send('reload', {});
  }

  #onProgress(settled?: string): void {
    this.#publish();
    const { progress } = this.#checks;
    const stage = progress?.plan.steps.find((step) => step.id === settled)?.stage;
    if (!progress || !stage) return;
    const own = progress.plan.steps.filter((step) => step.stage.id === stage.id);
    const findings = own.flatMap((step) => progress.findings.get(step.id) ?? []);
    if (findings.length < own.length) return;
    const passed = findings.filter(({ verdict }) => verdict === 'pass').length;
    this.events.send('say', { words: `${stage.title}: ${passed} of ${own.length} checks pass.` });
  }

  async #onEnd({ checked, troubles }: Ended): Promise<void> {
    if (checked && !checked.unanswered) {
      const { id, region } = checked.result.account;
      this.#served.account = { id, region };
    }
    await this.#served.refresh(checked?.notKept === undefined ? undefined : checked.result);
    this.#troubles = troubles.map((trouble) => ({
      ...trouble,
      ...troubleIn(trouble.message, trouble.advice),
    }));
    this.#publish();
    this.#publishWriteUp();
    this.events.send('running', { running: false });
    const { points, max } = this.#served.result.score;
    const end = checked && !checked.interrupted ? 'The check is done' : 'The check has ended';
    this.events.send('say', { words: `${end}: ${points} of ${max} points.` });
  }

  /** Tells every tab what has changed. */
  #publish(): void {
    const now = this.#renderer.fragments(this.#page());
    for (const [name, html] of now) {
      if (this.#told.get(name) !== html) this.events.send('fragment', { name, html });
    }
    this.#told = now;
  }

  #publishWriteUp(): void {
    this.events.send('write-up', {});
  }

  #page(): LabPage {
    const { progress } = this.#checks;
    const { trouble, ...lab } = this.#served.page(progress);
    return {
      ...lab,
      account: {
        kind: this.#account.kind,
        ...this.#served.account,
        terminals: this.#account.terminals,
        isOurs: this.#account.isOurs,
      },
      ...(progress && { run: runOf(progress) }),
      troubles: [...this.#troubles, ...(trouble ? [trouble] : [])],
      showsCalls: this.#account.tellsCalls,
    };
  }
}

function runOf({ plan, phase, wholeLab, findings, asksFor }: Progress): NonNullable<LabPage['run']> {
  const chosen = plan.lab.stages.filter(({ id }) => plan.chosen.includes(id));
  return {
    phase,
    stages: wholeLab ? [] : chosen.map(({ title }) => title),
    settled: findings.size,
    total: plan.steps.length,
    ...(asksFor !== undefined && { asksFor }),
  };
}

/** A message's first line says what happened; what follows says what to do. */
function troubleIn(message: string, advice?: string): PageTrouble {
  const [first = '', ...rest] = message.split('\n');
  const more = [rest.join('\n').trim(), advice ?? ''].filter(Boolean).join('\n\n');
  return { message: first, ...(more && { advice: more }) };
}
