/**
 * Shows findings in the lab's order while checks run side by side: what is settled stands, what is under way
 * is named below on a terminal, and elsewhere there are plain lines only.
 */
import { createLogUpdate } from 'log-update';
import type { Step } from '../../runner/plan.ts';
import type { CheckResult } from '../../runner/result.ts';
import { findingLines } from './finding-lines.ts';
import type { Style } from './style.ts';

export interface LiveFindingsOptions {
  readonly write: (text: string) => void;
  /** The stream for what is under way; absent where there is no terminal. */
  readonly live?: NodeJS.WriteStream;
  readonly style: Style;
  readonly width: number;
}

export class LiveFindings {
  readonly #options: LiveFindingsOptions;
  readonly #steps: readonly Step[];
  readonly #settled = new Map<string, CheckResult>();
  readonly #running = new Set<Step>();
  readonly #log: ReturnType<typeof createLogUpdate> | undefined;
  #next = 0;
  #stage: string | undefined;

  /** @param steps those to show, in the lab's order */
  constructor(steps: readonly Step[], options: LiveFindingsOptions) {
    this.#steps = steps;
    this.#options = options;
    this.#log = options.live && createLogUpdate(options.live);
  }

  start(step: Step): void {
    this.#running.add(step);
    this.#draw();
  }

  settle(step: Step, finding: CheckResult): void {
    this.#running.delete(step);
    this.#settled.set(step.id, finding);
    this.#log?.clear();
    for (let next = this.#steps[this.#next]; next; next = this.#steps[++this.#next]) {
      const shown = this.#settled.get(next.id);
      if (!shown) break;
      this.#print(next, shown);
    }
    this.#draw();
  }

  /** Takes the live part away. */
  done(): void {
    this.#log?.clear();
  }

  #print(step: Step, finding: CheckResult): void {
    const { write, style, width } = this.#options;
    if (this.#stage !== step.stage.id) {
      this.#stage = step.stage.id;
      write(`\n${style.bold(step.stage.id)}  ${step.stage.title}\n`);
    }
    write(`${findingLines(finding, style, width)}\n`);
  }

  #draw(): void {
    if (!this.#log || this.#running.size === 0) return;
    const { style } = this.#options;
    const lines = [...this.#running].map((step) => style.dim(`  … ${step.stage.id}: ${step.check.title}`));
    this.#log(lines.slice(0, 8).join('\n'));
  }
}
