/** A probe that is killed or interrupted at any step leaves nothing that the next start does not remove, and no secret on disk. */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { checkAndShow } from '../../cli/check-and-show.ts';
import { createOutput } from '../../cli/output.ts';
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { openAccountAt } from '../../runner/accounts/open-account.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { StateFolder } from '../../runner/state/state-folder.ts';
import { type AccountAccess, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, mainFile } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const preload = fileURLToPath(new URL('../support/signal-at-step.mjs', import.meta.url));
/** Steps of the run before the probe; of those, some are enough. */
const beforeProbe = { every: 8 };

describe('a probe with a temporary key', () => {
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const secrets = new Set<string>();
  const learners: Learner[] = [];

  before(async function () {
    this.timeout(60_000);
    folder = await temporaryFolder();
    sandbox = await startSandbox({
      onCall({ call }) {
        if (call !== 'iam:CreateAccessKey') return;
        for (const { access } of learners)
          for (const { secret } of access.account.iam.accessKeys.values()) secrets.add(secret);
      },
    });
    for (const name of ['one', 'two'])
      learners.push(await Learner.begin(sandbox, sandbox.addAccount(), join(folder.path, name)));
  });
  after(async () => {
    for (const learner of learners) learner.owner.close();
    await sandbox.close();
    await folder.remove();
  });

  /** Each step is tried by the learner who is free. */
  const atEachStep = async (
    steps: readonly number[],
    play: (learner: Learner, step: number) => Promise<void>,
  ) => {
    const left = steps.values();
    await Promise.all(
      learners.map(async (learner) => {
        for (const step of left) await play(learner, step);
      }),
    );
  };

  it('leaves no key and no secret when it is killed, at any step', async function () {
    this.timeout(300_000);
    const [first] = learners;
    if (!first) throw new Error('There is no learner.');
    const names = await first.stepsOfARun();
    const steps = stepsToTry(names);
    expect(steps.length).to.be.above(30);
    let leftByKills = 0;
    await atEachStep(steps, async (learner, step) => {
      const killed = await learner.check(['deny', '--probe', 'key'], { LABWRIGHT_TEST_STEP: String(step) });
      expect(killed.signal, names[step - 1]).to.equal('SIGKILL');
      if ((await learner.keys()).length > 1) leftByKills++;
      await learner.expectNoSecret(secrets);

      await learner.startAgain();
      expect(await learner.keys(), names[step - 1]).to.deep.equal([learner.ownKey]);
      await learner.expectNothingNoted();
      await learner.expectNoSecret(secrets);
    });
    // Otherwise the kills missed the probe.
    expect(leftByKills).to.be.above(5);
    expect(secrets.size).to.be.above(leftByKills);
  });

  for (const [signal, every] of [
    ['SIGINT', 4],
    ['SIGTERM', 12],
    ['SIGHUP', 8],
  ] as const) {
    it(`leaves no key when ${signal} comes: it is deleted at once`, async function () {
      this.timeout(120_000);
      const [first] = learners;
      if (!first) throw new Error('There is no learner.');
      const names = await first.stepsOfARun();
      const steps = stepsToTry(names).filter((step, at) => step >= probeBegins(names) && at % every === 0);
      let interrupted = 0;
      await atEachStep(steps, async (learner, step) => {
        const ended = await learner.check(['deny', '--probe', 'key'], {
          LABWRIGHT_TEST_STEP: String(step),
          LABWRIGHT_TEST_SIGNAL: signal,
        });
        expect(ended.signal, names[step - 1]).to.equal(null);
        // The number of steps varies a little, so that a run may have ended before its last ones.
        expect([0, 130], `${names[step - 1]}: ${ended.stderr}`).to.include(ended.code);
        if (ended.code === 130) interrupted++;
        expect(await learner.keys(), names[step - 1]).to.deep.equal([learner.ownKey]);
        expect(await learner.journal.entries()).to.deep.equal([]);
        await learner.expectNoSecret(secrets);
      });
      expect(interrupted).to.be.above(steps.length / 2);
    });
  }

  it('does not wait for its key to be known when it is interrupted', async () => {
    const [learner] = learners;
    if (!learner) throw new Error('There is no learner.');
    sandbox.setTiming({ accessKeysMs: 60_000 });
    try {
      let interruptedAt = 0;
      const ended = await learner.check(['deny', '--probe', 'key'], {}, async (child) => {
        while ((await learner.keys()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
        child.kill('SIGINT');
        interruptedAt = Date.now();
      });
      expect(ended.code, ended.stderr).to.equal(130);
      expect(Date.now() - interruptedAt).to.be.below(5000);
      expect(await learner.keys()).to.deep.equal([learner.ownKey]);
      expect(ended.stderr).to.include('what it had made is deleted');
    } finally {
      sandbox.setTiming({ accessKeysMs: 0 });
    }
  });
});

/** The first step that notes a key. */
function probeBegins(names: readonly string[]): number {
  return names.findIndex((name) => name.startsWith('mkdir') && name.includes('probe-keys')) + 1;
}

/** All steps from a little before the probe on, and some of those before. */
function stepsToTry(names: readonly string[]): number[] {
  const begins = probeBegins(names) - 4;
  return names
    .map((_, index) => index + 1)
    .filter((step) => step >= begins || step % beforeProbe.every === 0);
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A learner with an account, solved up to the deny stage, a test user with a key of its own, and a folder. */
class Learner {
  readonly access: AccountAccess;
  readonly owner: AwsCaller;
  readonly journal: Journal;
  readonly #url: string;
  readonly #folder: string;
  readonly #state: StateFolder;
  ownKey = '';

  private constructor(sandbox: Sandbox, access: AccountAccess, folder: string) {
    this.access = access;
    this.#url = sandbox.url;
    this.#folder = folder;
    const { accessKeyId, secretAccessKey } = access.administrator;
    this.owner = new AwsCaller({
      region: sandbox.region,
      endpoint: sandbox.url,
      credentials: { accessKeyId, secretAccessKey },
    });
    this.#state = new StateFolder(join(folder, '.labwright', lab.id));
    this.journal = new Journal(this.#state.journalFolder);
  }

  static async begin(sandbox: Sandbox, access: AccountAccess, folder: string): Promise<Learner> {
    await mkdir(folder);
    const learner = new Learner(sandbox, access, folder);
    for (const stage of ['key', 'table', 'data', 'user'])
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: learner.owner, params });
    await learner.owner.send('iam:CreateAccessKey', { UserName: params.user });
    [learner.ownKey = ''] = await learner.keys();
    return learner;
  }

  async keys(): Promise<string[]> {
    const { output } = await this.owner.send('iam:ListAccessKeys', { UserName: params.user });
    return (output.AccessKeyMetadata as { AccessKeyId: string }[]).map((key) => key.AccessKeyId);
  }

  /** `labwright check` of some stages, in the learner's folder, which also takes its temporary files. */
  async check(
    args: readonly string[],
    env: Record<string, string> = {},
    meanwhile: (child: ReturnType<typeof spawn>) => Promise<void> = async () => {},
  ): Promise<Ended> {
    const { accessKeyId, secretAccessKey } = this.access.administrator;
    const child = spawn(process.execPath, ['--import', preload, mainFile, 'check', lab.id, ...args], {
      cwd: this.#folder,
      env: bareEnvironment({
        AWS_ENDPOINT_URL: this.#url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        HOME: this.#folder,
        TMPDIR: this.#folder,
        ...env,
      }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, stderr }));
    });
    await meanwhile(child);
    return ended;
  }

  /** What `labwright check` does once its arguments are read, in this process: starting a process takes far longer. */
  async startAgain(): Promise<void> {
    const { accessKeyId, secretAccessKey } = this.access.administrator;
    const { result } = await checkAndShow({
      lab,
      stages: ['key'],
      settings: {},
      account: openAccountAt({
        region: this.owner.region,
        endpoint: this.#url,
        credentials: { accessKeyId, secretAccessKey },
      }),
      state: this.#state,
      output: { ...createOutput(true), note: () => {}, live: undefined, asks: false },
      showFindings: false,
    });
    expect(result.stages.find(({ id }) => id === 'key')?.verdict).to.equal('pass');
  }

  /** The names of the steps of a run that nobody ends. */
  async stepsOfARun(): Promise<string[]> {
    const list = `${this.#folder}.steps`;
    await rm(list, { force: true });
    const { code, stderr } = await this.check(['deny', '--probe', 'key'], { LABWRIGHT_TEST_STEPS: list });
    expect(code, stderr).to.equal(0);
    return (await readFile(list, 'utf8')).trimEnd().split('\n');
  }

  /** What was noted and never made is forgotten a minute later; nothing else is open. */
  async expectNothingNoted(): Promise<void> {
    for (const entry of await this.journal.entries()) {
      expect(entry.accessKeyId).to.equal(undefined);
      await this.journal.strike(entry);
      await this.journal.put({ ...entry, at: new Date(Date.parse(entry.at) - 61_000).toISOString() });
    }
    await removeLeftKeys({ owner: this.owner, identity: await identify(this.owner), journal: this.journal });
    const names = await readdir(join(this.#folder, '.labwright', lab.id));
    expect(names).to.include('attempts.jsonl').and.not.include('probe-keys');
  }

  async expectNoSecret(secrets: ReadonlySet<string>): Promise<void> {
    const files = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      for (const secret of secrets) expect(text.includes(secret), file.name).to.equal(false);
    }
  }
}
