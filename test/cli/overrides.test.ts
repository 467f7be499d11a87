/** `labwright report --overrides`: an instructor's judgement in the result and in the write-up. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Result, resultSchema } from '../../runner/result.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright report --overrides', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    const state = join(folder.path, '.labwright', lab);
    await mkdir(state, { recursive: true });
    const attempt = {
      schema: 'labwright/attempt/v1',
      id: 'x',
      lab: { id: lab, digest: '' },
      account: {
        id: '123456789012',
        arn: 'arn:aws:iam::123456789012:user/me',
        region: 'us-east-1',
        kind: 'live',
      },
      params: {},
      chosen: [],
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:00Z',
      findings: {},
    };
    await writeFile(join(state, 'attempts.jsonl'), `${JSON.stringify(attempt)}\n`);
    await writeFile(
      join(state, 'answers.yaml'),
      'how-granted: I added the user as a key administrator, and the key policy now names its ARN.\ngoal: To see.\n',
    );
  });
  after(() => folder.remove());

  const report = async (overrides: string) => {
    await writeFile(join(folder.path, 'judged.yaml'), overrides);
    return labwright(['report', lab, '--overrides', 'judged.yaml'], { cwd: folder.path });
  };

  it('shows it beside what was found, in the result, Markdown, HTML and the terminal', async () => {
    const { code, stderr } = await report(
      [
        'by: R. Teacher <script>alert(1)</script>',
        'questions:',
        '  how-granted: { verdict: accepted, dismiss: [administrators-decrypt], reason: "A slip of the *pen*." }',
        '  goal: { verdict: not accepted, reason: Say more. }',
      ].join('\n'),
    );
    expect(code, stderr).to.equal(0);
    expect(stderr.replace(/\s+/g, ' '))
      .to.include(
        'judged this answer: The answer is accepted; not held to be in it: administrators-decrypt; 3',
      )
      .and.to.include('Say more.')
      .and.to.not.include('need a look');
    const file = (name: string) => readFile(join(folder.path, `${lab}-report`, name), 'utf8');
    const result: Result = resultSchema.parse(JSON.parse(await file('result.json')));
    const feedback = result.questions.find(({ id }) => id === 'how-granted')?.feedback;
    expect(feedback).to.include({ state: 'misconception', points: 2 });
    expect(feedback?.override).to.include({ verdict: 'accepted', points: 3, reason: 'A slip of the *pen*.' });
    expect(await file('report.md'))
      .to.match(
        /> \*\*R\. Teacher .*judged this answer: The answer is accepted.*\*\* A slip of the \\\*pen\\\*\./,
      )
      .and.to.include('Say more.');
    expect(await file('report.html'))
      .to.include('A slip of the *pen*.')
      .and.to.include('&lt;script&gt;')
      .and.to.not.include('<script>alert(1)');
  });

  it('says what is wrong with the file, with the line', async () => {
    const { code, stderr } = await report(
      'by: R\nquestions:\n  goal: { verdict: accepted }\n  nope: { points: 1, reason: x }\n',
    );
    expect(code).to.equal(2);
    expect(stderr)
      .to.include('judged.yaml:3:')
      .and.to.include('goal.reason is missing')
      .and.to.include('judged.yaml:4:');
    const gone = await labwright(['report', lab, '--overrides', 'gone.yaml'], { cwd: folder.path });
    expect(gone.code).to.equal(2);
    expect(gone.stderr)
      .to.include('gone.yaml')
      .and.to.not.match(/\n\s+at /);
  });
});
