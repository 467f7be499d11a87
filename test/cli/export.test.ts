import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleClass } from '../reports/gradebook/sample-class.ts';
import { sampleResult } from '../reports/sample-result.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright export', function () {
  this.timeout(120_000);
  const result = sampleClass(20);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'class.json'), JSON.stringify(result));
    await writeFile(join(folder.path, 'result.json'), JSON.stringify(sampleResult({ author: 'Ada' })));
    await writeFile(join(folder.path, 'other.json'), '{"schema":"labwright/class/v1"}');
  });
  after(() => folder.remove());
  const run = (file: string, as: string, more: string[] = [], env: Record<string, string> = {}) =>
    labwright(['export', file, '--as', as, ...more], { cwd: folder.path, env });

  const wholes: Record<string, RegExp> = {
    html: /^<!doctype html>[\s\S]*id="heat"/,
    csv: /^\ufeff"learner id"/,
    json: /^{\n {2}"schema": "labwright\/class\/v1"/,
    canvas: /^"Student","ID","SIS User ID","SIS Login ID","Section","KMS \(7\)"\n" {4}Points Possible"/,
    moodle: /^"username","email","idnumber","KMS \(7\) \(grade\)"/,
    junit: /^<\?xml version="1.0"/,
    'github-summary': /^## Encrypt Data with AWS KMS\n/,
  };
  for (const [format, begins] of Object.entries(wholes)) {
    it(`writes a class as ${format}`, async () => {
      const { code, stdout } = await run('class.json', format, ['--assignment', 'KMS (7)']);
      expect(stdout).to.match(begins);
      expect(code).to.equal(0);
    });
  }

  it("writes a learner's own result for Gradescope", async () => {
    const { code } = await run('result.json', 'gradescope', ['--out', 'results.json']);
    expect(code).to.equal(0);
    const written = JSON.parse(await readFile(join(folder.path, 'results.json'), 'utf8'));
    expect(written.score).to.equal(sampleResult().score.points);
  });

  it('writes one learner of a class, who has to be named', async () => {
    const [learner] = result.learners;
    const one = await run('class.json', 'check50', ['--learner', learner?.id ?? '']);
    expect(JSON.parse(one.stdout).results).to.have.lengthOf(learner?.checks.length ?? 0);
    const nobody = await run('class.json', 'github-classroom');
    expect([nobody.code, nobody.stderr]).to.deep.equal([
      2,
      'This format tells of one learner, and there are 20. Name one with `--learner`.\n',
    ]);
    const unknown = await run('class.json', 'gradescope', ['--learner', 'x']);
    expect([unknown.code, unknown.stderr]).to.deep.equal([
      2,
      'There is no learner "x" in it. Ids are those of the roster.\n',
    ]);
  });

  it('writes no score for somebody who could not be judged', async () => {
    const unjudged = result.learners.find(({ points }) => points === null);
    const { code, stdout } = await run('class.json', 'gradescope', ['--learner', unjudged?.id ?? '']);
    expect([code, stdout]).to.deep.equal([3, '']);
  });

  it("takes Classroom 50's submission from its environment", async () => {
    const missing = await run('result.json', 'classroom50');
    expect(missing.code).to.equal(2);
    expect(missing.stderr).to.match(
      /^Classroom 50 gives its autograder CLASSROOM, ASSIGNMENT, OWNER, SUBMISSION_TAG,/,
    );
    const env = {
      CLASSROOM: 'c',
      ASSIGNMENT: 'a',
      OWNER: 'ada',
      SUBMISSION_TAG: 'submit/1',
      COMMIT_URL: 'https://example.com/1',
      RELEASE_URL: 'https://example.com/2',
      REVIEW_URL: 'https://example.com/3',
    };
    const { code, stdout } = await run('result.json', 'classroom50', [], env);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({
      schema: 'classroom50/result/v1',
      submission: 'submit/1',
      owner: 'ada',
    });
  });

  it('says what is wrong with a file that is no result', async () => {
    const other = await run('other.json', 'csv');
    expect(other.code).to.equal(2);
    expect(other.stderr).to.match(/^other\.json is no result of Labwright: lab: /);
  });
});
