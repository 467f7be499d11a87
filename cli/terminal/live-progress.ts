/** One line for each check, in the lab's order, that settles in its place. */
import type { Plan, Step } from '../../runner/plan.ts';
import type { CheckResult, Verdict } from '../../runner/result.ts';
import { RedrawnLines } from './redrawn-lines.ts';
import { plain, type Style } from './style.ts';

type State = Verdict | 'waiting' | 'running' | 'undone';

const stateWidth = 16;

export class LiveProgress {
  /** With those that were not asked for and undo one that was. */
  readonly #all: readonly Step[];
  /** Those that are shown. */
  readonly #steps: readonly Step[];
  readonly #style: Style;
  readonly #stream: NodeJS.WriteStream;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #running = new Set<string>();
  readonly #lines: RedrawnLines;
  readonly #redraw = () => this.#draw();
  #below: readonly string[] = [];
  #hidden = true;

  /** @param stream a terminal */
  constructor({ steps, chosen }: Pick<Plan, 'steps' | 'chosen'>, style: Style, stream: NodeJS.WriteStream) {
    this.#all = steps;
    this.#steps = steps.filter(({ stage }) => chosen.includes(stage.id));
    this.#style = style;
    this.#stream = stream;
    this.#lines = new RedrawnLines(stream);
  }

  start(step: Step): void {
    this.#running.add(step.id);
    this.#show();
  }

  settle(step: Step, { verdict }: Pick<CheckResult, 'verdict'>): void {
    this.#running.delete(step.id);
    this.#verdicts.set(step.id, verdict);
    this.#show();
  }

  /** Puts lines below those of the checks, in place of those put there before. */
  tell(lines: readonly string[]): void {
    this.#below = lines;
    this.#show();
  }

  /** Takes it away while something else has the terminal. */
  async during<Value>(something: () => Promise<Value>): Promise<Value> {
    this.done();
    try {
      return await something();
    } finally {
      this.#show();
    }
  }

  /** Takes it away. */
  done(): void {
    if (!this.#hidden) this.#stream.off('resize', this.#redraw);
    this.#hidden = true;
    this.#lines.clear();
  }

  #show(): void {
    if (this.#hidden) this.#stream.on('resize', this.#redraw);
    this.#hidden = false;
    this.#draw();
  }

  #draw(): void {
    this.#lines.draw([...this.#steps.map((step, at) => this.#lineOf(step, at)), ...this.#below]);
  }

  #lineOf(step: Step, at: number): string {
    const first = this.#steps[at - 1]?.stage.id !== step.stage.id;
    const width = Math.max(...this.#steps.map(({ stage }) => stage.id.length));
    const stage = (first ? step.stage.id : '').padEnd(width);
    return `  ${stage}  ${this.#stateText(this.#stateOf(step))}${plain(step.check.title)}`;
  }

  #stateText(state: State): string {
    if (state === 'waiting') return this.#style.dim('· '.padEnd(stateWidth));
    if (state === 'running') return this.#style.dim('◌ running'.padEnd(stateWidth));
    if (state === 'undone') return this.#style.dim('· undone since'.padEnd(stateWidth));
    return this.#style.verdict(state, stateWidth);
  }

  /** What a later stage undoes is no fail yet: that stage's verdicts are waited for. */
  #stateOf({ id, entry }: Step): State {
    const verdict = this.#verdicts.get(id);
    if (verdict === undefined) return this.#running.has(id) ? 'running' : 'waiting';
    if (verdict !== 'fail') return verdict;
    const undoing = this.#all.filter(({ stage }) => entry.undoneBy.includes(stage.id));
    const seen = undoing.map((step) => this.#verdicts.get(step.id));
    if (seen.includes('pass')) return 'undone';
    return seen.includes(undefined) ? 'running' : verdict;
  }
}
