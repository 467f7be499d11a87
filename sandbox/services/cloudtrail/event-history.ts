import type { Changes, NotedStore } from '../../keeping/kept-store.ts';
import type { Clock } from '../../timing/clock.ts';
import { AttributeIndex, type AttributeValue } from './attribute-index.ts';
import { type HistoryEvent, sizeOf } from './event.ts';
import { HistoryBudget, type Sharer, weightOf } from './history-budget.ts';
import { Queue } from './queue.ts';

/** CloudTrail keeps 90 days (page "Working with CloudTrail event history" of the CloudTrail user guide). */
export const keptMs = 90 * 24 * 60 * 60 * 1000;

/** Beyond either of these the oldest events go. They are the sandbox's; AWS has no such limits. */
export const maxEvents = 10_000;
const maxCharacters = 32 * 1024 * 1024;

/** What is looked for. Times are milliseconds since the epoch, both ends included. */
export interface EventQuery {
  readonly attribute?: AttributeValue | undefined;
  readonly from: number;
  readonly to: number;
  /** Only events with a smaller number than this: the pages after the first. */
  readonly before: number;
  readonly limit: number;
}

export interface FoundEvents {
  /** Newest first. */
  readonly events: HistoryEvent[];
  /** Number of the last of them, where there are more. */
  readonly last?: number;
}

/** The management events of one account in one Region. */
export class EventHistory implements NotedStore, Sharer {
  changes?: Changes | undefined;
  readonly #clock: Clock;
  readonly #events = new Queue<HistoryEvent>();
  readonly #index = new AttributeIndex();
  readonly #budget: HistoryBudget;
  /** Events that are gone, which is the number of the oldest one that is kept. */
  #dropped = 0;
  #characters = 0;

  /** @param budget shared with the other histories of a sandbox */
  constructor(clock: Clock, budget = new HistoryBudget()) {
    this.#clock = clock;
    this.#budget = budget;
    budget.join(this);
  }

  get held(): number {
    return this.#events.length * weightOf(0) + this.#characters;
  }

  /** Events come in the order in which they happened. */
  add(event: HistoryEvent): void {
    const number = this.#dropped + this.#events.length;
    this.#append(event, number);
    this.changes?.put(nameOf(number), event);
    this.#dropOld();
    this.#budget.enforce();
  }

  restore(name: string, event: unknown): void {
    if (this.#events.length === 0) this.#dropped = Number(name);
    this.#append(event as HistoryEvent, Number(name));
  }

  find({ attribute, from, to, before, limit }: EventQuery): FoundEvents {
    this.#dropOld();
    const visible = this.#clock.now().getTime() - this.#clock.timing.eventsMs;
    const numbers = attribute && this.#index.find(attribute);
    const count = numbers?.length ?? this.#events.length;
    const events: HistoryEvent[] = [];
    let last = 0;
    for (let position = count - 1; position >= 0; position--) {
      const number = numbers ? (numbers.at(position) ?? 0) : this.#dropped + position;
      const event = this.#events.at(number - this.#dropped);
      if (!event || number >= before || event.addedAt > visible || event.time > to) continue;
      if (event.time < from) break;
      if (events.length === limit) return { events, last };
      events.push(event);
      last = number;
    }
    return { events };
  }

  #append(event: HistoryEvent, number: number): void {
    this.#index.add(event, number);
    this.#events.push(event);
    const characters = sizeOf(event);
    this.#characters += characters;
    this.#budget.take(weightOf(characters));
  }

  #dropOld(): void {
    const oldest = this.#clock.now().getTime() - keptMs;
    for (let event = this.#events.at(0); event !== undefined; event = this.#events.at(0)) {
      const full = this.#events.length > maxEvents || this.#characters > maxCharacters;
      if (!full && event.time >= oldest) return;
      this.dropOldest();
    }
  }

  dropOldest(): void {
    const event = this.#events.shift();
    if (event === undefined) return;
    this.#index.removeOldest(event);
    const characters = sizeOf(event);
    this.#characters -= characters;
    this.#budget.take(-weightOf(characters));
    this.changes?.delete(nameOf(this.#dropped));
    this.#dropped++;
  }
}

/** Names sort like the numbers. */
function nameOf(number: number): string {
  return String(number).padStart(15, '0');
}
