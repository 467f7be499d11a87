/** `labwright answer`, as a learner uses it: typing, in an editor, and in a script. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { needsTerminal, typeInto } from '../support/terminal.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright answer', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let state: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    state = join(folder.path, '.labwright', lab);
  });
  afterEach(() => folder.remove());

  const run = (args: string[], env: Record<string, string> = {}) =>
    labwright(['answer', ...args], { cwd: folder.path, env });
  const type = (args: string[], steps: [string, string][], env: Record<string, string> = {}) =>
    typeInto(['answer', lab, ...args], steps, { cwd: folder.path, env });
  const text = () => readFile(join(state, 'answers.yaml'), 'utf8');
  const saved = async () => parse(await text()) as Record<string, string>;
  const have = async (yaml: string) => {
    await mkdir(state, { recursive: true });
    await writeFile(join(state, 'answers.yaml'), yaml);
  };
  /** An editor that does what a shell says to the file `$1`. */
  const editor = async (does: string) => {
    const file = join(folder.path, 'my editor');
    await writeFile(file, `#!/bin/sh\n${does}\n`);
    await chmod(file, 0o755);
    return { EDITOR: `"${file}" --wait` };
  };

  describe('on a terminal', () => {
    before(needsTerminal);

    it('asks one by one, saves each answer at once and says what it lacks', async () => {
      const { code, screen } = await type(
        [],
        [
          ['What will you show in this project, and why?', 'That a key protects.\r\rAnd how.\r.\r'],
          ['(services-and-concepts)\n> ', '\r'],
          ['(time-taken)\n> ', ':g what-is-dynamodb\r'],
          ['What is DynamoDB good for?', 'A NoSQL database.\r.\r'],
          ['Saved.', ''],
          ['(encryption-options)', ':b\r'],
          ['│ A NoSQL database.', ':a\r'],
          ['. ', 'Fast, so it is good for games.\r.\r'],
          ['Everything that was asked for is there', ''],
          ['(encryption-options)\n> ', ':nonsense\r'],
          ['is no command', ':q\r'],
        ],
      );
      expect(code).to.equal(0);
      expect(screen).to.include('Question 1 of 19').and.to.include('17 of 19 questions are open');
      expect(await saved()).to.deep.equal({
        goal: 'That a key protects.\n\nAnd how.',
        'what-is-dynamodb': 'A NoSQL database.\n\nFast, so it is good for games.',
      });
    });

    it('begins with the first open question, or the one that is named, and keeps with Enter', async () => {
      await have('# mine\ngoal: To see.\nwhy-today: Because.\n');
      const first = await type([], [['(services-and-concepts)\n> ', ':q\r']]);
      expect(first.screen).to.include('Question 2 of 19');
      const one = await type(['why-today'], [['│ Because.\n> ', '\r']]);
      expect(one.code).to.equal(0);
      expect(await text()).to.equal('# mine\ngoal: To see.\nwhy-today: Because.\n');
    });

    it('loses nothing at Ctrl-C and Ctrl-D', async () => {
      await type(
        [],
        [
          ['(goal)\n> ', 'Half of an'],
          ['Half of an', ' answer\r'],
          ['. ', 'more\r'],
          ['more\n. ', '\u0003'],
        ],
      );
      expect(await saved()).to.deep.equal({ goal: 'Half of an answer\nmore' });
      const { screen } = await type(
        ['goal'],
        [
          ['│ more\n> ', 'Something else\r'],
          ['. ', '\u0004'],
        ],
      );
      expect(screen).to.include('is as it was');
      expect(await saved()).to.deep.equal({ goal: 'Half of an answer\nmore' });
      expect(await readFile(join(state, 'unfinished.md'), 'utf8')).to.include('Something else');
    });

    it('changes an answer in the editor, or on the line where there is none', async () => {
      await have('goal: To see.\n');
      await type(
        ['goal'],
        [
          ['│ To see.\n> ', ':e\r'],
          ['> To see.', ' Again.\r'],
          ['. ', '.\r'],
        ],
      );
      expect(await saved()).to.deep.equal({ goal: 'To see. Again.' });
      await type(['goal'], [['> ', ':e\r']], await editor('echo "And *more*." >> "$2"'));
      expect(await saved()).to.deep.equal({ goal: 'To see. Again.\nAnd *more*.' });
    });

    it('offers a broken file again, and keeps what was written', async () => {
      await have('# mine\ngoal: To see.\n');
      const env = await editor(
        'if grep -q "^broken" "$2"; then sed -i -e "/^broken/d" -e "s/^time-taken:.*/time-taken: Two hours./" "$2"; else echo "broken: a: b" >> "$2"; fi',
      );
      const { code, screen } = await type(['--edit'], [['Open it again? [y/N]', 'y\r']], env);
      expect(code, screen).to.equal(0);
      expect(screen)
        .to.match(/answers\.draft\.yaml:\d+: /)
        .and.to.include('broken: a: b');
      expect(await text())
        .to.include('# mine')
        .and.to.include('# What will you show in this project, and why?');
      expect(await saved()).to.include({ goal: 'To see.', 'time-taken': 'Two hours.' });
    });
  });

  it('opens the editor with what is asked and what is there, and gives feedback on what was changed', async () => {
    await have('# mine\ngoal: To see.\n');
    const env = await editor(
      'cat "$2" > seen.yaml; sed -i "s/^what-is-dynamodb:.*/what-is-dynamodb: A database./" "$2"',
    );
    const { code, stdout, stderr } = await run([lab, '--edit'], env);
    expect(code, stderr).to.equal(0);
    const seen = await readFile(join(folder.path, 'seen.yaml'), 'utf8');
    expect(seen).to.include('# mine').and.to.include('# What is DynamoDB good for?\nwhat-is-dynamodb:');
    expect(stdout).to.include('what-is-dynamodb').and.to.not.include('time-taken  How long');
    expect(await saved()).to.include({ 'what-is-dynamodb': 'A database.' });
  });

  it('keeps a draft that cannot be read, and opens it the next time', async () => {
    await have('goal: To see.\n');
    const broken = await run([lab, '--edit'], await editor('echo "x: y: z # what I wrote" >> "$2"'));
    expect(broken.code).to.equal(2);
    expect(broken.stderr)
      .to.include('answers.draft.yaml')
      .and.to.not.match(/\n\s+at /);
    expect(await text(), 'as it was').to.equal('goal: To see.\n');
    const mended = await run(
      [lab, '--edit'],
      await editor('sed -i -e "/^x: y: z/s/.*#/#/" -e "s/^time-taken:.*/time-taken: Long./" "$2"'),
    );
    expect(mended.code, mended.stderr).to.equal(0);
    expect(await text()).to.include('# what I wrote');
    expect(await saved()).to.include({ 'time-taken': 'Long.' });
    const none = await run([lab, '--edit']);
    expect(none.stderr).to.include('EDITOR');
    const failing = await run([lab, '--edit'], { EDITOR: 'false' });
    expect(failing.code).to.equal(2);
    expect(failing.stderr).to.include('ended with code 1');
  });

  it('takes answers from the command line, a file and the input', async () => {
    await writeFile(join(folder.path, 'kms.md'), '\ufeffIt keeps keys.\r\n\r\n![shot](shot.png)\r\n');
    await writeFile(join(folder.path, 'shot.png'), Buffer.from('89504e470d0a1a0a00', 'hex'));
    const set = await run([lab, '--set', 'time-taken=Two hours.', '--set', 'goal=a: "b" # c']);
    expect(set.code, set.stderr).to.equal(0);
    expect(set.stdout).to.include('17 of 19 questions are open');
    const from = await run([lab, 'what-is-kms', '--from', 'kms.md']);
    expect(from.code, from.stderr).to.equal(0);
    const answers = await saved();
    expect(answers).to.include({ 'time-taken': 'Two hours.', goal: 'a: "b" # c' });
    const [, file] =
      /^It keeps keys\.\n\n!\[shot\]\((pictures\/shot-\w{8}\.png)\)$/.exec(answers['what-is-kms'] ?? '') ??
      [];
    expect((await readFile(join(state, file ?? 'none'))).length).to.equal(9);
    const missing = await run([lab, '--set', 'goal=![x](../none.png)']);
    expect(missing.stderr).to.include('../none.png');
    expect((await saved()).goal).to.equal('![x](../none.png)');
  });

  it('lists what is open, also as JSON', async () => {
    await have('goal: To see.\nhow-granted: I made the user a key administrator.\n');
    const { code, stdout } = await run([]);
    expect(code).to.equal(0);
    expect(stdout).to.include('Something here is not so.').and.to.include('17 of 19 questions are open');
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .filter((line) => !/https:|are open/.test(line))
          .map((line) => line.length),
      ),
    ).to.be.at.most(80);
    const told = JSON.parse((await run([lab, '--json'])).stdout);
    expect(told).to.include({ schema: 'labwright/answers/v1' });
    expect(told.open).to.include('time-taken').and.to.not.include('goal');
    expect(told.questions.find(({ id }: { id: string }) => id === 'how-granted').feedback.state).to.equal(
      'misconception',
    );
  });

  it('says what is wrong', async () => {
    await writeFile(join(folder.path, 'empty.md'), ' \n');
    for (const [args, said] of [
      [[lab, 'nothing'], 'no question "nothing"'],
      [[lab, '--set', 'nothing=x'], 'no question "nothing"'],
      [['--set', 'goal=x'], 'Name the lab, one of: '],
      [[lab, '--set', 'goal'], 'question-id=text'],
      [[lab, '--from', 'x.md'], 'Name it'],
      [[lab, 'goal', '--from', 'x.md'], 'x.md cannot be read'],
      [[lab, 'goal', '--from', 'empty.md'], 'empty'],
      [['nope'], 'no lab "nope"'],
    ] as const) {
      const { code, stderr } = await run([...args]);
      expect(code, args.join(' ')).to.equal(2);
      expect(stderr)
        .to.include(said)
        .and.to.not.match(/\n\s+at /);
    }
  });
});
