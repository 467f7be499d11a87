import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { draftEnding } from '../../../runner/files/write-whole.ts';
import { gradeClass, readLearnerResults } from '../../../runner/grading/grade-class.ts';
import type { GradingProgress } from '../../../runner/grading/grading-progress.ts';
import type { LearnerResult } from '../../../runner/grading/learner-result.ts';
import { reachClass } from '../../../runner/grading/reach-class.ts';
import { findRecordings, regrade } from '../../../runner/grading/regrade.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import type { Proof } from '../../../runner/proof/schema.ts';
import type { Result } from '../../../runner/result.ts';
import { attemptSchema } from '../../../runner/state/attempt.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { SandboxLearner, workStates } from '../../support/recorded-runs.ts';
import {
  openSandboxLearner,
  type SandboxClass,
  type SandboxClassLearner,
} from '../../support/sandbox-class.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import '../../support/quiet-sdk.ts';

const processFile = fileURLToPath(new URL('../../support/grading-process.ts', import.meta.url));
const noAnswer = ['hangs', 'throttled', 'wrong key', 'another account'];

describe('grading a class', function () {
  this.timeout(240_000);
  let lab: Lab;
  let proof: Proof;
  let sandbox: Sandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let graded: SandboxClass;
  /** Points by learner, as a check of each account alone gives them. */
  const known = new Map<string, Result['score']>();
  const mistakes = new Map<string, string>();

  before(async () => {
    ({ lab, proof } = await readLab(firstLab));
    sandbox = await startSandbox();
    folder = await temporaryFolder();
    const learners: SandboxClassLearner[] = [];
    for (const { name, parts } of workStates(lab, proof)) {
      const worker = new SandboxLearner(lab, sandbox);
      for (const { steps } of parts) await worker.do(steps);
      const { result } = await worker.check();
      known.set(name, result.score);
      learners.push({ id: name, account: worker.accountId, key: worker.administrator });
    }
    for (const [stage, { mistakes: made }] of Object.entries(proof))
      for (const { id, 'caught-by': check } of made) mistakes.set(`${stage}/${id}`, check);
    const solved = learners.find(({ id }) => id === 'deny');
    if (!solved) throw new Error('The class has nobody who got as far as "deny".');
    for (const trouble of ['hangs', 'throttled', 'briefly', 'wrong key'] as const)
      learners.splice(3, 0, { ...solved, id: trouble, trouble });
    learners.push({ ...solved, id: 'another account', account: '000000000000' });
    known.set('briefly', known.get('deny') as Result['score']);
    graded = { place: { region: sandbox.region, endpoint: sandbox.url }, learners };
  });
  after(async () => {
    await sandbox.close();
    await folder.remove();
  });

  const grade = (out: string, more: Partial<Parameters<typeof gradeClass<SandboxClassLearner>>[0]> = {}) =>
    gradeClass({
      lab,
      learners: graded.learners,
      out,
      concurrency: 4,
      patienceMs: 1000,
      backOffMs: [100],
      timeLimitMs: 20_000,
      openAccount: (learner, signal) =>
        openSandboxLearner(graded.place, learner, join(out, 'probe-keys', learner.id), signal),
      ...more,
    });
  const resultsOf = async (out: string): Promise<Map<string, LearnerResult>> => {
    const results = new Map<string, LearnerResult>();
    for await (const { id, result } of readLearnerResults(
      out,
      graded.learners.map(({ id }) => id),
    ))
      if (result) results.set(id, result);
    return results;
  };
  /** What a gradebook is made of. */
  const bookOf = (results: ReadonlyMap<string, LearnerResult>) =>
    [...results.values()].map(({ learner, status, score, attempts, result }) => ({
      id: learner.id,
      status,
      score,
      attempts,
      verdicts: result?.stages.flatMap(({ checks }) => checks.map(({ verdict }) => verdict)),
    }));

  const whole = () => join(folder.path, 'whole');

  it('gives everybody the points that are known, and nobody points or a zero whose account did not answer', async () => {
    const progress: GradingProgress[] = [];
    const outcome = await grade(whole(), { onProgress: (one) => progress.push(one) });
    expect(outcome).to.include({ settled: graded.learners.length, left: 0, finished: true });
    expect(progress.at(-1)).to.include({
      done: graded.learners.length,
      total: graded.learners.length,
      leftMs: 0,
    });
    const results = await resultsOf(whole());
    expect([...results.keys()]).to.deep.equal(graded.learners.map(({ id }) => id));
    for (const [id, { status, score, problem, attempts, result }] of results) {
      if (noAnswer.includes(id)) {
        expect({ status, score, attempts, result }, id).to.deep.equal({
          status: 'not judged',
          score: undefined,
          attempts: 0,
          result: undefined,
        });
        expect(problem?.message, id).to.match(/./);
        continue;
      }
      expect({ points: score?.points, max: score?.max }, id).to.deep.equal(known.get(id));
      const check = mistakes.get(id);
      if (check === undefined) continue;
      // What the run itself saw: where a mistake opens what a later stage asks for, it stands as not judged.
      const file = join(whole(), 'learners', encodeURIComponent(id), 'attempts', `${outcome.grading}.json`);
      const { findings } = attemptSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      const seen = Object.values(findings).filter((one) => one.check === check);
      expect(
        seen.map(({ verdict }) => verdict),
        id,
      ).to.include('fail');
    }
    expect(results.get('hangs')?.problem?.message).to.include('within 20 seconds');
    expect(results.get('throttled')).to.deep.include({ tries: 2 });
    expect(results.get('briefly')).to.deep.include({ tries: 2, status: 'graded', attempts: 1 });
    expect(results.get('wrong key')).to.deep.include({ tries: 1 });
    expect(results.get('another account')?.problem?.message).to.include('000000000000 is meant');
  });

  it('keeps a recording of each run that regrades to the same points', async () => {
    const files = await findRecordings(whole());
    expect(files).to.have.length(graded.learners.length - noAnswer.length);
    let regraded = 0;
    for await (const one of regrade(lab, files)) {
      if ('problem' in one) throw new Error(one.problem);
      expect(one.changes, one.learner).to.deep.equal([]);
      regraded++;
    }
    expect(regraded).to.equal(files.length);
  });

  it('goes on after kill -9 without grading anybody twice, to the same results', async () => {
    const out = join(folder.path, 'killed');
    const classFile = join(folder.path, 'class.json');
    // Who hangs only makes it take longer.
    const learners = graded.learners.filter(({ id }) => id !== 'hangs');
    writeFileSync(classFile, JSON.stringify({ ...graded, learners }));
    const printed: string[] = [];
    for (let kills = 0; ; kills++) {
      const child = spawn(process.execPath, ['--import=tsx/esm', processFile, classFile, out], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let settled = 0;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed.push(...text.split('\n').filter(Boolean));
        settled += text.split('\n').length - 1;
        if (kills < 3 && settled >= 5 + 4 * kills) child.kill('SIGKILL');
      });
      const ended = await new Promise<NodeJS.Signals | number | null>((resolve) =>
        child.once('close', (code, signal) => resolve(signal ?? code)),
      );
      if (ended === 0) {
        expect(kills).to.equal(3);
        break;
      }
      expect(ended).to.equal('SIGKILL');
    }
    const settledIds = printed.map((line) => line.slice(line.indexOf(' ') + 1));
    expect(new Set(settledIds).size, 'learners settled twice').to.equal(settledIds.length);
    const results = await resultsOf(out);
    const expected = await resultsOf(whole());
    expected.delete('hangs');
    expect(bookOf(results)).to.deep.equal(bookOf(expected));
    const drafts = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith(draftEnding),
    );
    expect(drafts.length, 'at most what each kill cut off').to.be.at.most(12);
    const attempts = graded.learners.map(({ id }) =>
      join(out, 'learners', encodeURIComponent(id), 'attempts'),
    );
    const kept = attempts.filter((path) => existsSync(path)).map((path) => readdirSync(path));
    expect(kept.length).to.be.above(0);
    for (const names of kept)
      expect(names.filter((name) => !name.endsWith(draftEnding))).to.have.length.at.most(1);
  });

  it('asks each account who is asking, and nothing else, in a dry run', async () => {
    const out = join(folder.path, 'dry');
    const reached = await reachClass({
      learners: graded.learners,
      openAccount: (learner, signal) =>
        openSandboxLearner(graded.place, { ...learner }, join(out, learner.id), signal),
      timeLimitMs: 2000,
    });
    expect(reached.map(({ id }) => id)).to.deep.equal(graded.learners.map(({ id }) => id));
    for (const { id, identity, problem } of reached) {
      // It was throttled only when it was asked for the first time, which is long ago.
      expect(identity === undefined, id).to.equal(noAnswer.includes(id));
      expect(problem === undefined, id).to.equal(!noAnswer.includes(id));
    }
    expect(existsSync(out)).to.equal(false);
  });

  it('grades only those named, leaves those judged since a time, and writes documents', async () => {
    const out = join(folder.path, 'some');
    const only = ['nothing', 'deny'];
    const documents = async (result: Result) => ({ 'report.md': `# ${result.score.points}\n` });
    const first = await grade(out, { only, documents });
    expect(first).to.include({ settled: 2, left: 0, finished: true });
    const written = readFileSync(join(out, 'learners', 'deny', 'report.md'), 'utf8');
    expect(written).to.equal(`# ${known.get('deny')?.points}\n`);
    const again = await grade(out, { only, since: '2000-01-01T00:00:00Z' });
    expect(again).to.include({ settled: 0, left: 2 });
    const anew = await grade(out, { only: ['deny'] });
    expect(anew.grading).not.to.equal(first.grading);
    const results = await resultsOf(out);
    expect(results.get('deny')?.attempts).to.equal(2);
    expect(results.get('nothing')?.attempts).to.equal(1);
    expect(results.has('key')).to.equal(false);
  });
});
