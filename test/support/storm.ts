/**
 * Many runs of `check` in bad weather, at AWS's own pace: each on an account of its own, some of them solved, some half
 * done, some gone wrong. What they say is held against what a run in calm says of the same account.
 */
import { join } from 'node:path';
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import type { Caller } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { type CheckedLab, checkLab } from '../../runner/check-lab.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import type { Verdict } from '../../runner/result.ts';
import { type AccessKey, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { realistic, type Timing } from '../../sandbox/timing/timing.ts';
import { calm, type Weather } from '../../sandbox/weather/weather.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A fifth of the calls throttled, one in twenty failing, some cut off, some slow. */
const storm: Partial<Weather> = {
  throttled: 0.2,
  failing: 0.05,
  reset: 0.02,
  slow: 0.05,
  latencyMs: 20,
};

/** AWS's pace fifty times over, so that a run takes seconds. */
const pace = Object.fromEntries(
  Object.entries(realistic).map(([figure, milliseconds]) => [figure, milliseconds / 50]),
) as Partial<Timing>;

export interface StormOptions {
  readonly lab: Lab;
  readonly proof: Proof;
  readonly runs: number;
  /** Runs side by side. */
  readonly atATime: number;
  readonly onBatch?: (figures: StormFigures) => void;
}

export interface StormFigures {
  runs: number;
  /** Findings of all runs, by verdict. */
  readonly verdicts: Record<Verdict, number>;
  /** Runs in which everything was judged that a run in calm judges. */
  fullyJudged: number;
  /** Findings that pass or fail otherwise than in calm: one sentence each. */
  readonly wrong: string[];
  /** Access keys made for probes. */
  keys: number;
  /** Access keys that a run left behind, all of them noted. */
  left: number;
  /** Access keys that were still there after the next start. */
  leftOver: number;
}

interface State {
  readonly name: string;
  readonly steps: readonly ProofStep[];
}

export async function checkInAStorm({
  lab,
  proof,
  runs,
  atATime,
  onBatch,
}: StormOptions): Promise<StormFigures> {
  const figures: StormFigures = {
    runs: 0,
    verdicts: { pass: 0, fail: 0, error: 0, skip: 0 },
    fullyJudged: 0,
    wrong: [],
    keys: 0,
    left: 0,
    leftOver: 0,
  };
  const states = statesOf(lab, proof);
  const calmly = new Map<string, Map<string, Verdict>>();
  const folder = await temporaryFolder();
  try {
    for (let first = 0; first < runs; first += atATime) {
      const batch = Array.from({ length: Math.min(atATime, runs - first) }, (_, at) => first + at);
      const sandbox = await startSandbox({
        timing: pace,
        onCall: ({ call, status }) => {
          if (call === 'iam:CreateAccessKey' && status === 200) figures.keys++;
        },
      });
      const work = async (run: number) => {
        const state = states[run % states.length];
        if (!state) throw new Error('The lab has no states.');
        const account = new StormAccount(sandbox, lab, state, join(folder.path, String(run)));
        await account.prepare();
        return account;
      };
      const accounts = await Promise.all(batch.map(work));
      for (const account of accounts) {
        if (!calmly.has(account.state.name))
          calmly.set(account.state.name, verdictsOf(await account.check()));
      }
      sandbox.setWeather({ ...storm, seed: first + 1 });
      const seen = await Promise.all(accounts.map((account) => account.check()));
      sandbox.setWeather(calm);
      for (const [at, account] of accounts.entries()) {
        const checked = seen[at];
        const expected = calmly.get(account.state.name);
        if (!checked || !expected) throw new Error('A run is missing.');
        count(figures, account.state.name, checked, expected);
        figures.left += await account.keys();
        await account.startAgain();
        figures.leftOver += await account.keys();
        account.close();
      }
      await sandbox.close();
      onBatch?.(figures);
    }
  } finally {
    await folder.remove();
  }
  return figures;
}

/** Every stage done in order, and mistakes of the stages whose checks try the user. */
function statesOf(lab: Lab, proof: Proof): State[] {
  const states: State[] = [{ name: 'nothing', steps: [] }];
  let done: ProofStep[] = [];
  for (const { id } of lab.stages) {
    for (const mistake of ['user', 'deny', 'grant'].includes(id) ? (proof[id]?.mistakes ?? []) : []) {
      states.push({ name: mistake.id, steps: [...done, ...mistakeSteps(proof, id, mistake)] });
    }
    done = [...done, ...(proof[id]?.solution ?? [])];
    // Twice as many: what is done is what must not fail.
    states.push({ name: id, steps: done }, { name: id, steps: done });
  }
  return states;
}

function verdictsOf({ findings }: CheckedLab): Map<string, Verdict> {
  return new Map([...findings].map(([step, { verdict }]) => [step, verdict]));
}

function count(
  figures: StormFigures,
  state: string,
  { findings }: CheckedLab,
  expected: ReadonlyMap<string, Verdict>,
): void {
  figures.runs++;
  let judged = true;
  for (const [step, { verdict, message }] of findings) {
    const calm = expected.get(step);
    figures.verdicts[verdict]++;
    if (isJudged(calm) && !isJudged(verdict)) judged = false;
    if (isJudged(verdict) && verdict !== calm)
      figures.wrong.push(`${state}: ${step} ${verdict} and not ${calm}: ${message}`);
  }
  if (judged) figures.fullyJudged++;
}

function isJudged(verdict: Verdict | undefined): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

/** One learner's account and folder. */
class StormAccount {
  readonly state: State;
  readonly #lab: Lab;
  readonly #callerFor: (key: AccessKey) => AwsCaller;
  readonly #administrator: AccessKey;
  readonly #owner: AwsCaller;
  readonly #journal: Journal;
  readonly #callers: AwsCaller[] = [];

  constructor(sandbox: Sandbox, lab: Lab, state: State, folder: string) {
    this.state = state;
    this.#lab = lab;
    this.#callerFor = ({ accessKeyId, secretAccessKey }) => {
      const caller = new AwsCaller({
        region: sandbox.region,
        endpoint: sandbox.url,
        credentials: { accessKeyId, secretAccessKey },
      });
      this.#callers.push(caller);
      return caller;
    };
    this.#administrator = sandbox.addAccount().administrator;
    this.#owner = this.#callerFor(this.#administrator);
    this.#journal = new Journal(folder);
  }

  async prepare(): Promise<void> {
    await carryOut({ steps: this.state.steps, caller: this.#owner, params: planRun(this.#lab, {}).params });
  }

  /** As `labwright check --probe key` does it, with clients of its own. */
  async check(): Promise<CheckedLab> {
    const steward = this.#callerFor(this.#administrator);
    return checkLab({
      lab: this.#lab,
      caller: this.#callerFor(this.#administrator),
      kind: 'sandbox',
      prober: async (identity) =>
        temporaryKeyProber({ owner: steward, identity, journal: this.#journal, callerFor: this.#callerFor }),
    });
  }

  /** What the next start does before anything else. */
  async startAgain(): Promise<void> {
    await removeLeftKeys({
      owner: this.#owner,
      identity: await identify(this.#owner),
      journal: this.#journal,
    });
  }

  /** How many access keys the lab's user has. */
  async keys(): Promise<number> {
    const UserName = planRun(this.#lab, {}).params.user;
    return accessKeys(this.#owner, UserName);
  }

  close(): void {
    for (const caller of this.#callers) caller.close();
  }
}

async function accessKeys(owner: Caller, UserName: string | undefined): Promise<number> {
  const { output } = await owner.send('iam:ListUsers', {});
  const users = output.Users as { UserName: string }[];
  if (!users.some((user) => user.UserName === UserName)) return 0;
  const { output: keys } = await owner.send('iam:ListAccessKeys', { UserName });
  return (keys.AccessKeyMetadata as unknown[]).length;
}
