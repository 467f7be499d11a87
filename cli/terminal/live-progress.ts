/** While checks run side by side: how far each stage is, and what is under way. Verdicts come when all is known. */
import { createLogUpdate } from 'log-update';
import type { Step } from '../../runner/plan.ts';
import type { Style } from './style.ts';

export class LiveProgress {
  readonly #steps: readonly Step[];
  readonly #style: Style;
  readonly #settled = new Set<string>();
  readonly #running = new Set<string>();
  readonly #log: ReturnType<typeof createLogUpdate>;
  #hidden = false;

  /** @param stream a terminal */
  constructor(steps: readonly Step[], style: Style, stream: NodeJS.WriteStream) {
    this.#steps = steps;
    this.#style = style;
    this.#log = createLogUpdate(stream);
  }

  start(step: Step): void {
    this.#running.add(step.id);
    this.#draw();
  }

  settle(step: Step): void {
    this.#running.delete(step.id);
    this.#settled.add(step.id);
    this.#draw();
  }

  /** Takes it away while something else has the terminal. */
  async during<Value>(something: () => Promise<Value>): Promise<Value> {
    this.done();
    this.#hidden = true;
    try {
      return await something();
    } finally {
      this.#hidden = false;
      this.#draw();
    }
  }

  /** Takes it away. */
  done(): void {
    this.#log.clear();
    this.#log.done();
  }

  #draw(): void {
    if (this.#hidden) return;
    const lines = [...byStage(this.#steps)].map(([id, steps]) => {
      const settled = steps.filter((step) => this.#settled.has(step.id)).length;
      const running = steps.find((step) => this.#running.has(step.id));
      return `  ${id.padEnd(10)} ${settled} of ${steps.length}${running ? this.#style.dim(`  ${running.check.title} …`) : ''}`;
    });
    this.#log(lines.join('\n'));
  }
}

function byStage(steps: readonly Step[]): Map<string, Step[]> {
  const stages = new Map<string, Step[]>();
  for (const step of steps) stages.set(step.stage.id, [...(stages.get(step.stage.id) ?? []), step]);
  return stages;
}
