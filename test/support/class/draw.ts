/** Who is in a generated class: how far each learner has come, and how the instructor gets at the account. Pure. */
import { chance } from '../../../sandbox/weather/chance.ts';

/** What is with the role that the grader assumes. */
export const brokenAccesses = [
  'no role',
  'not trusted',
  'wrong external id',
  'missing permission',
  'throttled',
  'throttled at first',
] as const;
type Access = 'open' | (typeof brokenAccesses)[number];

export interface Drawn {
  /** Twelve digits. */
  readonly account: string;
  readonly id: string;
  /** Name of a state of work. */
  readonly state: string;
  readonly access: Access;
  /** The action that the role does not allow. */
  readonly lacks?: string;
  readonly externalId: string;
  /** Whether the learner chose names of their own. */
  readonly ownNames: boolean;
}

export interface DrawOptions {
  readonly learners: number;
  /** Equal seeds give equal classes. */
  readonly seed: number;
  readonly states: readonly string[];
  /** The state of learners whose role lacks a permission. */
  readonly wholeState: string;
  /** The actions of which such a role lacks one. */
  readonly actions: readonly string[];
}

/** Three in ten have an access that is broken. Every kind comes as often as the next, in an order that the seed gives. */
export function drawClass({ learners, seed, states, wholeState, actions }: DrawOptions): Drawn[] {
  const random = chance(seed);
  const statesInTurn = inTurn(states, random);
  const accessesInTurn = inTurn(brokenAccesses, random);
  const actionsInTurn = inTurn(actions, random);
  return Array.from({ length: learners }, (_, at): Drawn => {
    const access = random() < 0.3 ? accessesInTurn() : 'open';
    const lacks = access === 'missing permission';
    return {
      account: String(200_000_000_000 + at),
      id: `learner-${String(at).padStart(5, '0')}`,
      state: lacks ? wholeState : statesInTurn(),
      access,
      ...(lacks && { lacks: actionsInTurn() }),
      externalId: `class-${seed}-${at}-${Math.floor(random() * 2 ** 32).toString(16)}`,
      ownNames: random() < 0.2,
    };
  });
}

/** Gives one after the other, and begins again in another order when all were given. */
function inTurn<One>(all: readonly One[], random: () => number): () => One {
  let left: One[] = [];
  return () => {
    if (left.length === 0) left = [...all];
    const [one] = left.splice(Math.floor(random() * left.length), 1);
    if (one === undefined) throw new Error('There is nothing to draw from.');
    return one;
  };
}
