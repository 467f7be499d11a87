/** Looks at what a lab made, and removes it: each thing by itself, so that trouble with one does not keep the others. */
import { setTimeout as delay } from 'node:timers/promises';
import { CallError, isAbsent } from '../../checks/call.ts';
import type { Caller, Identity } from '../accounts/caller.ts';
import { RunAccount } from '../accounts/run-account.ts';
import { type Gone, Interrupted, type Present, type Sight, StillThere, type Surroundings } from './kind.ts';
import { kinds } from './kinds.ts';
import type { MadeKind, Thing } from './made.ts';

/** A thing as it was found, or the error that hid it. */
export interface Looked {
  readonly thing: Thing;
  readonly sight?: Sight;
  readonly fault?: CallError;
}

export interface CleanTarget {
  readonly caller: Caller;
  readonly identity: Identity;
}

export type Outcome = {
  readonly thing: Thing;
  /** What was done, in order, also where it did not come to an end. */
  readonly done: readonly string[];
} & (
  | ({ readonly state: 'absent' | 'gone' } & Partial<Gone>)
  | {
      /** Left: it is there. Unknown: AWS did not tell whether it is. */
      readonly state: 'left' | 'unknown';
      readonly why: readonly string[];
      readonly fault?: CallError;
      readonly costs?: string;
    }
);

/** Looks at everything, and only reads. What holds one thing back is known when the next is looked at. */
export async function lookAtAll(things: readonly Thing[], target: CleanTarget): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const thing of things) {
    const going = looked.filter(({ sight }) => sight && (!sight.there || sight.stops.length === 0));
    looked.push(
      await look(
        thing,
        target,
        surroundings(
          things,
          going.map((one) => one.thing),
        ),
      ),
    );
  }
  return looked;
}

export interface RemovalOptions extends CleanTarget {
  readonly looked: readonly Looked[];
  /** Whether the removal of a thing that may be somebody else's was agreed to. */
  readonly agreed: (thing: Thing) => boolean;
  readonly signal: AbortSignal;
  readonly onStep?: (thing: Thing, did: string) => void;
  readonly patienceMs?: number;
}

/** Removes, in order, what may be removed. Each thing is looked at once more before: it is what was agreed to, or it stays. */
export async function removeAll(
  options: RemovalOptions,
): Promise<{ outcomes: Outcome[]; interrupted: boolean }> {
  const { looked, signal } = options;
  const outcomes: Outcome[] = [];
  for (const one of looked) {
    outcomes.push(signal.aborted ? leftAsIs(one) : await removeOne(one, outcomes, options));
  }
  return { outcomes, interrupted: signal.aborted };
}

const doubtful =
  "So it may be somebody else's, and goes only if you say so: run this on a terminal, and you are asked about it.";

/** What is said of a thing that nothing is done to. */
export function leftAsIs({ thing, sight, fault }: Looked): Outcome {
  if (fault) return { thing, done: [], state: 'unknown', why: [], fault };
  if (!sight?.there) return { thing, done: [], state: 'absent', ...sight?.rest };
  const { stops, doubts, costs } = sight;
  const unasked = stops.length === 0 && doubts.length > 0 ? [doubtful] : [];
  return { thing, done: [], state: 'left', why: [...stops, ...doubts, ...unasked], costs };
}

async function removeOne(
  before: Looked,
  outcomes: readonly Outcome[],
  options: RemovalOptions,
): Promise<Outcome> {
  const { thing, sight } = before;
  if (!sight?.there || sight.stops.length > 0) return leftAsIs(before);
  if (sight.doubts.length > 0 && !options.agreed(thing)) return leftAsIs(before);
  const gone = outcomes.filter(({ state }) => state === 'gone' || state === 'absent').map((one) => one.thing);
  const things = options.looked.map((one) => one.thing);
  const now = await look(thing, options, surroundings(things, gone));
  if (!now.sight?.there) return leftAsIs(now);
  const changed = changes(sight, now.sight);
  if (changed.length > 0) return { thing, done: [], state: 'left', why: changed, costs: now.sight.costs };
  return carryOut(thing, now.sight, options);
}

function changes(before: Present, now: Present): string[] {
  if (before.id !== now.id) return ['Something else has this name now. Run this again to see it.'];
  const more = now.doubts.filter((one) => !before.doubts.includes(one));
  return [...now.stops, ...more];
}

async function carryOut(thing: Thing, sight: Present, options: RemovalOptions): Promise<Outcome> {
  const { signal, onStep, patienceMs = 180_000 } = options;
  const { reads, writes } = kinds[thing.kind];
  const done: string[] = [];
  const deadline = Date.now() + patienceMs;
  const goOn = () => {
    if (signal.aborted) throw new Interrupted();
  };
  try {
    const gone = await sight.remove(accountFor(options, [...reads, ...writes]), {
      async step(did, run) {
        goOn();
        if (await isDone(run)) {
          done.push(did);
          onStep?.(thing, did);
        }
      },
      async until(ask, otherwise) {
        for (let waitMs = 100; !(await ask()); waitMs = Math.min(waitMs * 2, 5000)) {
          goOn();
          if (Date.now() + waitMs > deadline) throw new StillThere(otherwise);
          await delay(waitMs, undefined, { signal }).catch(goOn);
        }
      },
    });
    return { thing, done, state: 'gone', ...gone };
  } catch (error) {
    const { costs } = sight;
    if (error instanceof Interrupted) {
      return { thing, done, state: 'left', why: ['Interrupted before it was all gone.'], costs };
    }
    if (error instanceof StillThere) return { thing, done, state: 'unknown', why: [error.message], costs };
    if (!(error instanceof CallError)) throw error;
    // Without an answer, the request may have been carried out or not.
    const state = error.status === undefined || error.status >= 500 ? 'unknown' : 'left';
    return { thing, done, state, why: [], fault: error, costs };
  }
}

/** Whether the step did something: what it was about may be gone already. */
async function isDone(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

async function look(thing: Thing, target: CleanTarget, around: Surroundings): Promise<Looked> {
  const { reads, look: lookAt } = kinds[thing.kind];
  try {
    return { thing, sight: await lookAt(thing, accountFor(target, reads), around) };
  } catch (error) {
    if (error instanceof CallError) return { thing, fault: error };
    throw error;
  }
}

function surroundings(things: readonly Thing[], going: readonly Thing[]): Surroundings {
  const has = (list: readonly Thing[]) => (kind: MadeKind, name: string) =>
    list.some((one) => one.kind === kind && one.name === name);
  return { isOfLab: has(things), goes: has(going) };
}

function accountFor({ caller, identity }: CleanTarget, calls: (typeof kinds)[MadeKind]['reads']): RunAccount {
  return new RunAccount({ check: 'clean', calls, caller, identity, evidence: [] });
}
