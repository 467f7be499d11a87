import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { gradeClass, readLearnerResults } from '../../../runner/grading/grade-class.ts';
import { type GradeByQueueOptions, gradeByQueue } from '../../../runner/grading/queue/grade-by-queue.ts';
import { parseRedisAddress } from '../../../runner/grading/queue/redis-address.ts';
import { findRecordings } from '../../../runner/grading/regrade.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { SandboxLearner, workStates } from '../../support/recorded-runs.ts';
import { redisServer } from '../../support/requires.ts';
import { RunningRedis } from '../../support/running-redis.ts';
import {
  openSandboxLearner,
  type SandboxClass,
  type SandboxClassLearner,
} from '../../support/sandbox-class.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import '../../support/quiet-sdk.ts';

const processFile = fileURLToPath(new URL('../../support/queue-worker-process.ts', import.meta.url));

/** A worker in a process of its own, and everything it said. */
class WorkerProcess {
  said = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<NodeJS.Signals | number | null>;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import=tsx/esm', processFile, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve(signal ?? code)),
    );
  }

  get settled(): string[] {
    return [...this.said.matchAll(/^settled (.+)$/gm)].map(([, id = '']) => id);
  }

  async kill(signal: NodeJS.Signals): Promise<NodeJS.Signals | number | null> {
    this.#child.kill(signal);
    return this.ended;
  }
}

describe('grading a class by a queue', function () {
  this.timeout(240_000);
  let lab: Lab;
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let redis: RunningRedis;
  let graded: SandboxClass;
  let classFile: string;
  const workers: WorkerProcess[] = [];

  before(async function () {
    const program = redisServer.call(this);
    const read = await readLab(firstLab);
    lab = read.lab;
    sandbox = await startSandbox();
    folder = await temporaryFolder();
    redis = await RunningRedis.start(program);
    const learners: SandboxClassLearner[] = [];
    // Every second one is about thirty.
    const states = workStates(lab, read.proof).filter(({ name }, nth) => nth % 2 === 0 || name === 'key');
    for (const { name, parts } of states) {
      const worker = new SandboxLearner(lab, sandbox);
      for (const { steps } of parts) await worker.do(steps);
      learners.push({
        id: name,
        name: `Name of ${name}`,
        account: worker.accountId,
        key: worker.administrator,
      });
    }
    const [first] = learners;
    if (!first) throw new Error('The class is empty.');
    for (const trouble of ['throttled', 'wrong key'] as const)
      learners.splice(3, 0, { ...first, id: trouble, trouble });
    graded = { place: { region: sandbox.region, endpoint: sandbox.url }, learners };
    classFile = join(folder.path, 'class.json');
    writeFileSync(classFile, JSON.stringify(graded));
    await gradeClass({
      lab,
      learners,
      out: path('without'),
      ...limits,
      openAccount: (learner, signal) =>
        openSandboxLearner(graded.place, learner, join(folder.path, 'probe-keys', learner.id), signal),
    });
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.kill('SIGKILL');
  });
  after(async () => {
    await sandbox?.close();
    await redis?.remove();
    await folder?.remove();
  });

  const limits = { patienceMs: 1000, backOffMs: [200], timeLimitMs: 20_000 };
  const path = (name: string) => join(folder.path, name);
  const worker = (...more: string[]) => {
    const one = new WorkerProcess([classFile, redis.url, ...more]);
    workers.push(one);
    return one;
  };
  const grade = (out: string, more: Partial<GradeByQueueOptions<SandboxClassLearner>> = {}) =>
    gradeByQueue({
      lab,
      learners: graded.learners,
      out,
      address: parseRedisAddress(redis.url),
      ...limits,
      ...more,
    });
  /** What a gradebook is made of. */
  const bookOf = async (out: string) => {
    const book = [];
    for await (const { id, result: found } of readLearnerResults(
      out,
      graded.learners.map((one) => one.id),
    )) {
      const { learner, status, score, attempts, tries, problem, result } = found ?? {};
      const verdicts = result?.stages.flatMap(({ checks }) => checks.map(({ verdict }) => verdict));
      // Each run has request ids of its own.
      const message = problem?.message.replace(/request [0-9a-f-]{36}/, 'request');
      book.push({ id, learner, status, score, attempts, tries, message, verdicts });
    }
    return book;
  };

  const expectSameBook = async (out: string) => {
    const without = await bookOf(path('without'));
    for (const [nth, one] of (await bookOf(out)).entries()) expect(one, one.id).to.deep.equal(without[nth]);
  };

  it('gives the same gradebook with two workers, with and without the folder of the class, and no secret enters Redis', async () => {
    const out = path('two');
    const watching = redis.client();
    const monitor = await watching.monitor();
    watching.disconnect();
    let entered = '';
    monitor.on('monitor', (_time: string, args: string[]) => {
      entered += `${args.join('\n')}\n`;
    });
    const pair = [worker(out), worker()] as const;
    // One that starts late would find nothing left to do.
    while (!pair.every(({ said }) => said.includes('ready'))) await delay(50);
    const outcome = await grade(out);
    expect(outcome).to.deep.include({
      settled: graded.learners.length,
      left: 0,
      finished: true,
      deadLetters: [],
    });
    await expectSameBook(out);
    for (const { settled, said } of pair) expect(settled.length, said).to.be.greaterThan(2);
    expect(await findRecordings(out)).to.have.length((await findRecordings(path('without'))).length);
    expect(existsSync(join(out, 'learners', 'key', 'report.md'))).to.equal(true);
    monitor.disconnect();

    const packed = [...entered.matchAll(/H4sI[A-Za-z0-9+/=]+/g)].map(([one]) => unpacked(one));
    expect(packed.length, 'files that came back').to.be.greaterThan(2);
    const seen = [entered, ...packed, ...pair.map(({ said }) => said)].join('\n');
    expect(seen).to.include('Name of key').and.to.include('dynamodb:Scan');
    for (const { key } of graded.learners) expect(seen.includes(key.secretAccessKey)).to.equal(false);
    expect(seen.includes(redis.password)).to.equal(false);
    expect(seen).not.to.match(/"SecretAccessKey": *"(?!\(removed\))/);
    const client = redis.client();
    const left = await client.keys('*');
    client.disconnect();
    expect(left.filter((key) => /\.[0-9a-f]{24}$/.test(key))).to.deep.equal([]);
  });

  it('loses nothing when a worker is killed, and grades nobody twice', async () => {
    const out = path('killed');
    let restarted = 0;
    const first = worker(out);
    worker(out);
    const outcome = await grade(out, {
      onProgress({ done }) {
        if (done < 6 || restarted > 0) return;
        restarted++;
        void first.kill('SIGKILL').then(() => worker());
      },
    });
    expect(outcome).to.deep.include({ finished: true, deadLetters: [] });
    expect(await first.ended).to.equal('SIGKILL');
    await expectSameBook(out);
    for (const name of readdirSync(join(out, 'learners'))) {
      const attempts = join(out, 'learners', name, 'attempts');
      if (existsSync(attempts)) expect(readdirSync(attempts), name).to.have.length(1);
    }
  });

  it('goes on after Redis went away, came back, came back empty, and after whoever asked was interrupted', async () => {
    const out = path('outage');
    const notes: string[] = [];
    const both = [worker(out), worker()];
    // Whoever asks would be told first that nobody works yet.
    while (!both.every(({ said }) => said.includes('ready'))) await delay(50);
    const ending = new AbortController();
    let outages = 0;
    const disturb = async () => {
      await redis.kill();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await redis.up();
    };
    const first = await grade(out, {
      signal: ending.signal,
      onNote: (note) => notes.push(note),
      onProgress({ done }) {
        if (done >= 4 && outages === 0) {
          outages++;
          void disturb();
        }
        if (done >= 12) ending.abort();
      },
    });
    expect(first.finished).to.equal(false);
    expect(notes[0]).to.match(/^The Redis at redis:\/\/127\.0\.0\.1:\d+ went away\. Nothing is lost/);
    expect(notes[1]).to.match(/ is back\.$/);
    const client = redis.client();
    let emptied = false;
    const second = await grade(out, {
      onProgress({ done }) {
        if (done < 16 || emptied) return;
        emptied = true;
        void client.flushall();
      },
    });
    client.disconnect();
    expect(second).to.deep.include({ finished: true, deadLetters: [], grading: first.grading });
    await expectSameBook(out);
    for (const { said } of both) expect(said).to.include(' went away.').and.to.include(' is back.');
    expect([...notes, ...both.map(({ said }) => said)].join('\n')).not.to.include(redis.password);
  });

  it('refuses a worker with another lab file, and gives the learner back', async () => {
    const out = path('other');
    const other = { ...lab, digest: 'f'.repeat(64) };
    const ending = new AbortController();
    const asking = gradeByQueue({
      lab: other,
      learners: graded.learners.slice(0, 1),
      out,
      address: parseRedisAddress(redis.url),
      ...limits,
      signal: ending.signal,
    });
    const unfit = worker(out);
    expect(await unfit.ended).to.equal(1);
    expect(unfit.said).to.include('with the digest ffffffffffff…');
    ending.abort();
    expect(await asking).to.deep.include({ settled: 0, finished: false, deadLetters: [] });
    const client = redis.client();
    expect(await client.llen('bull:labwright:wait')).to.equal(1);
    await client.flushall();
    client.disconnect();
  });

  it('takes out everybody whom a grading that is given up left waiting', async () => {
    const out = path('given up');
    const client = redis.client();
    const waiting = () => client.lrange('bull:labwright:wait', 0, -1);
    const queueAll = async (of: Lab) => {
      const ending = new AbortController();
      const asking = gradeByQueue({
        lab: of,
        learners: graded.learners,
        out,
        address: parseRedisAddress(redis.url),
        ...limits,
        signal: ending.signal,
      });
      // Those of before go first, and then everybody comes in.
      for (let tries = 0, came = 0; tries < 500 && came < graded.learners.length; tries++) {
        await delay(20);
        came = (await waiting()).filter((id) => !earlier.has(id)).length;
      }
      ending.abort();
      return (await asking).grading;
    };
    let earlier = new Set<string>();
    const first = await queueAll({ ...lab, digest: 'e'.repeat(64) });
    earlier = new Set(await waiting());
    const second = await queueAll(lab);
    expect(second).not.to.equal(first);
    const left = await waiting();
    await client.flushall();
    client.disconnect();
    expect(left).to.have.length(graded.learners.length);
    expect(left.filter((id) => earlier.has(id))).to.deep.equal([]);
  });

  it('says what is wrong with the address, and never the password', async () => {
    const refusal = async (url: string) => {
      try {
        await grade(path('nowhere'), { address: parseRedisAddress(url) });
      } catch (error) {
        return (error as Error).message;
      }
      return 'no refusal';
    };
    expect(await refusal(redis.url.replace('canary', 'secret'))).to.match(
      /WRONGPASS.*Check user name and password/s,
    );
    expect(await refusal('redis://:secret@127.0.0.1:1')).to.match(
      /^The Redis at redis:\/\/127\.0\.0\.1:1 .*ECONNREFUSED/,
    );
    expect(await refusal('http://:secret@127.0.0.1')).to.include('not the address of a Redis');
    for (const url of [redis.url.replace('canary', 'secret'), 'redis://:secret@127.0.0.1:1', 'x:secret'])
      expect(await refusal(url)).not.to.include('secret');
    expect(existsSync(path('nowhere'))).to.equal(false);
  });
});

/** Files on their way through the queue, as text. */
function unpacked(files: string): string {
  const contents = JSON.parse(gunzipSync(Buffer.from(files, 'base64')).toString()) as Record<string, string>;
  return Object.entries(contents)
    .map(([name, data]) => {
      const bytes = Buffer.from(data, 'base64');
      return `${name}\n${(name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()}`;
    })
    .join('\n');
}
