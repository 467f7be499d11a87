/** Many recordings are judged again in threads, from the sources and in the built command, to the same as one after the other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import type { ThreadData } from '../../cli/regrading/start-thread.ts';
import { findRecordings, regrade } from '../../runner/grading/regrade.ts';
import { regradeOnCores, type Told } from '../../runner/grading/regrade-on-cores.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { writeRecording } from '../../runner/recording/file.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { SandboxLearner, workStates } from '../support/recorded-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const count = 104;

describe('regrading on several cores', function () {
  this.timeout(120_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let lab: Lab;
  let files: string[];
  const threads: Worker[] = [];
  const onCores = (data: Partial<ThreadData> = {}, cores = 2) =>
    regradeOnCores({
      lab,
      files,
      cores,
      startThread() {
        const workerData: ThreadData = { labName: firstLab, checks: [], digest: lab.digest, ...data };
        const thread = new Worker(new URL('../support/regrade-thread.mjs', import.meta.url), { workerData });
        threads.push(thread);
        return thread;
      },
    });
  const ids = () => threads.map(({ threadId }) => threadId);

  before(async () => {
    folder = await temporaryFolder();
    const read = await readLab(firstLab);
    lab = read.lab;
    const sandbox = await startSandbox();
    const state = workStates(lab, read.proof).find(({ name }) => name === 'data');
    const learner = new SandboxLearner(lab, sandbox);
    for (const { steps } of state?.parts ?? []) await learner.do(steps);
    await learner.check();
    await sandbox.close();
    const [recording] = learner.state.recordings;
    if (!recording) throw new Error('No run was recorded.');
    for (let nth = 0; nth < count; nth++) {
      // Every third was told otherwise then: it has a change to tell, by which its place is known.
      const stood = recording.run.stood.map((one, at) =>
        nth % 3 === 0 && at === 0 ? { ...one, points: 0, message: `Told ${nth}.` } : one,
      );
      const run = { ...recording.run, id: `run-${nth}`, learner: `learner-${nth}`, stood };
      // Of the runs before it one is missing, so that it cannot be judged again.
      const lost = nth === 50 ? { ...run, earlier: ['gone'] } : run;
      await writeRecording(join(folder.path, `${String(nth).padStart(3, '0')}.recording.jsonl.gz`), {
        ...recording,
        run: lost,
      });
    }
    writeFileSync(join(folder.path, '060-bad.recording.jsonl.gz'), 'no gzip');
    files = await findRecordings(folder.path);
  });
  afterEach(() => threads.splice(0));
  after(() => folder.remove());

  it('comes to the same, in the same order, bad recordings among them', async () => {
    const one: Told[] = [];
    for await (const told of regrade(lab, files)) {
      if ('problem' in told) one.push(told);
      else {
        const { result: _result, ...rest } = told;
        one.push(rest);
      }
    }
    const several: Told[] = [];
    for await (const told of onCores()) several.push(told);
    expect(threads).to.have.length(2);
    expect(several).to.deep.equal(one);
    expect(several).to.have.length(count + 1);
    expect(several.filter((told) => 'problem' in told)).to.have.length(2);
    expect(several.filter((told) => 'changes' in told && told.changes.length > 0)).to.have.length(35);
  });

  it('starts no thread for few learners, or on one core', async () => {
    files = files.slice(0, 20);
    for await (const told of onCores()) expect(told).not.to.have.property('result');
    expect(threads).to.have.length(0);
    files = await findRecordings(folder.path);
    for await (const _told of onCores({}, 1)) expect(threads).to.have.length(0);
  });

  it('says so when a thread finds another lab file, and ends all threads', async () => {
    let seen = '';
    try {
      for await (const told of onCores({ digest: 'f'.repeat(64) })) expect(told).to.have.property('problem');
    } catch (error) {
      seen = (error as Error).message;
    }
    expect(seen).to.match(/lab\.yaml was changed in the meantime/);
    expect(threads).to.have.length(2);
    // A thread that has ended has no id any more.
    expect(ids()).to.deep.equal([-1, -1]);
  });

  it('ends its threads when nobody asks any more', async () => {
    for await (const told of onCores()) if (!('problem' in told)) break;
    expect(threads).to.have.length(2);
    expect(ids()).to.deep.equal([-1, -1]);
  });

  it('is done by the built command', async () => {
    const ran = await labwright(['regrade', firstLab, '--recordings', folder.path, '--json']);
    expect(ran.code, ran.stderr).to.equal(3);
    const told = JSON.parse(ran.stdout);
    expect(told).to.deep.include({ learners: count - 1, recordings: count - 1 });
    const places = told.changed.map(({ learner }: { learner: string }) => learner);
    const expected = Array.from({ length: count }, (_, nth) => `learner-${nth}`);
    expect(places).to.deep.equal(expected.filter((_, nth) => nth % 3 === 0));
    expect(told.problems).to.have.length(2);
  });
});
