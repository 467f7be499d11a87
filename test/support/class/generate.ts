/**
 * A class on the accounts of one sandbox: solved, half done, each of the lab's mistakes, roles that are missing, distrustful or lack a
 * permission, wrong external ids, and accounts that throttle. It knows what the grading of each learner has to come to.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../../../runner/lab/lab.ts';
import type { Proof } from '../../../runner/proof/schema.ts';
import { graderRole } from '../../../runner/role/grader-role.ts';
import { type AccountAccess, type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../labs.ts';
import { type WorkState, workStates } from '../recorded-runs.ts';
import { type Drawn, drawClass } from './draw.ts';
import { askedActions, findKnown, type Known, notJudged } from './known.ts';
import { classOpener, type Instructor, type RosterLearner } from './open-learner.ts';
import { makeGraderRole, prepareAccount } from './prepared-account.ts';

export interface GeneratedLearner extends RosterLearner {
  readonly drawn: Drawn;
  readonly known: Known;
}

/** Can be written as JSON. */
export interface GeneratedClass {
  readonly instructor: Instructor;
  readonly learners: readonly GeneratedLearner[];
}

interface GenerateOptions {
  readonly learners: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Everything that can still be seen is done; learners whose role lacks a permission are there. */
const wholeState = 'deny';
/** Somebody else's account, to whom a role is open that does not trust the instructor. */
const stranger = '999999999999';
/** The first so many calls of an account that throttles at first: more than the SDK repeats one. */
const throttledCalls = 7;

/** The sandbox is the caller's to close. */
export async function generateClass({
  learners: count,
  seed = 1,
}: GenerateOptions): Promise<{ sandbox: Sandbox; generated: GeneratedClass }> {
  const { lab, proof } = await readLab(firstLab);
  /** How many further calls of an account are throttled. */
  const throttling = new Map<string, number>();
  const sandbox = await startSandbox({
    accountId: '111122223333',
    weatherOver(account) {
      const left = throttling.get(account) ?? 0;
      if (left > 0) throttling.set(account, left - 1);
      return left > 0 ? { throttled: 1 } : undefined;
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'labwright-class-'));
  try {
    const generator = new Generator(lab, proof, sandbox, folder);
    const drawn = drawClass({
      learners: count,
      seed,
      states: generator.states,
      wholeState,
      actions: await generator.actions(),
    });
    const learners: GeneratedLearner[] = [];
    for (const one of drawn) {
      const { learner } = await generator.make(one);
      learners.push({ ...learner, drawn: one, known: await generator.known(one) });
      if (one.access === 'throttled') throttling.set(one.account, Number.POSITIVE_INFINITY);
      if (one.access === 'throttled at first') throttling.set(one.account, throttledCalls);
    }
    return { sandbox, generated: { instructor: generator.instructor, learners } };
  } catch (error) {
    await sandbox.close();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Generator {
  readonly instructor: Instructor;
  readonly #lab: Lab;
  readonly #proof: Proof;
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #states: ReadonlyMap<string, WorkState>;
  readonly #known = new Map<string, Promise<Known>>();
  #examples = 0;

  /** @param folder for journals of temporary keys */
  constructor(lab: Lab, proof: Proof, sandbox: Sandbox, folder: string) {
    this.#lab = lab;
    this.#proof = proof;
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#states = new Map(workStates(lab, proof).map((state) => [state.name, state]));
    const { accessKeyId, secretAccessKey } = sandbox.administrator;
    const key = { accessKeyId, secretAccessKey };
    this.instructor = { region: sandbox.region, endpoint: sandbox.url, key };
  }

  get states(): string[] {
    return [...this.#states.keys()];
  }

  /** The actions without which something of a solved account cannot be judged. */
  async actions(): Promise<string[]> {
    const { access } = await this.make(this.#example(wholeState));
    return askedActions({
      lab: this.#lab,
      sandbox: this.#sandbox,
      owner: access.administrator,
      folder: join(this.#folder, 'actions'),
    });
  }

  /** Makes the account, in the learner's state, and the role. */
  async make(drawn: Drawn): Promise<{ learner: RosterLearner; access: AccountAccess }> {
    const { account, id, externalId } = drawn;
    const [lab, sandbox] = [this.#lab, this.#sandbox];
    const settings = drawn.ownNames ? namesOf(id) : {};
    const access = await prepareAccount({ sandbox, lab, state: this.#state(drawn.state), account, settings });
    const options = {
      lab,
      settings,
      trusted: drawn.access === 'not trusted' ? stranger : sandbox.account.id,
      externalId,
      ...(drawn.lacks !== undefined && { lacks: drawn.lacks }),
    };
    const { name } = graderRole({ ...options, instructor: stranger, allowProbe: true });
    if (drawn.access !== 'no role') await makeGraderRole(sandbox, access, options);
    const learner = {
      id,
      name: `${drawn.state}, ${drawn.access}`,
      account,
      role: `arn:aws:iam::${account}:role/${name}`,
      externalId: drawn.access === 'wrong external id' ? `${externalId}-of-another` : externalId,
      params: settings,
    };
    return { learner, access };
  }

  /** Equal kinds of learners are looked at once. */
  known(drawn: Drawn): Promise<Known> {
    const { state, access, lacks } = drawn;
    if (access !== 'open' && access !== 'missing permission' && access !== 'throttled at first')
      return Promise.resolve(notJudged);
    const kind = JSON.stringify([state, lacks]);
    const known = this.#known.get(kind) ?? this.#find(state, lacks);
    this.#known.set(kind, known);
    return known;
  }

  async #find(state: string, lacks: string | undefined): Promise<Known> {
    const lacking = lacks === undefined ? {} : { lacks };
    const drawn = { ...this.#example(state), ...lacking };
    const { learner } = await this.make(drawn);
    const { access } = await this.make(this.#example(state));
    const [lab, sandbox] = [this.#lab, this.#sandbox];
    const open = classOpener({ lab, instructor: this.instructor, folder: this.#folder });
    const opened = await open(learner);
    try {
      return await findKnown({
        lab,
        proof: this.#proof,
        sandbox,
        state: this.#state(state),
        owner: access.administrator,
        opened,
        ...lacking,
        folder: join(this.#folder, `${drawn.id}-owner`),
      });
    } finally {
      opened.close();
    }
  }

  /** Somebody who is not in the class. */
  #example(state: string): Drawn {
    const at = this.#examples++;
    const id = `example-${at}`;
    return {
      id,
      account: String(300_000_000_000 + at),
      state,
      access: 'open',
      externalId: id,
      ownNames: false,
    };
  }

  #state(name: string): WorkState {
    const state = this.#states.get(name);
    if (!state) throw new Error(`The lab has no state ${name}.`);
    return state;
  }
}

function namesOf(id: string): Record<string, string> {
  return { alias: `alias/key-of-${id}`, table: `table-of-${id}`, user: `user-of-${id}` };
}
