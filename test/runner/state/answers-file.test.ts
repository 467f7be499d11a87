/** `answers.yaml` as it is changed under its owner's hands. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { faultOf, withAnswers, withQuestions } from '../../../runner/state/answers-file.ts';
import { StateFolder } from '../../../runner/state/state-folder.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { trickyText } from '../../reports/tricky-text.ts';

const mine = `# Ask Kim about this one.
goal: To learn.   # short

# A second thought
what-is-kms: |
  A service.

  For keys.
`;

describe('answers.yaml', () => {
  it('takes an answer and leaves comments, order and other answers as they are', () => {
    const text = withAnswers(mine, { goal: 'To learn more.', 'time-taken': 'Two hours.' });
    expect(text).to.include('# Ask Kim about this one.').and.to.include('# short');
    expect(text).to.include('# A second thought\nwhat-is-kms: |\n  A service.\n\n  For keys.\n');
    expect(parse(text)).to.deep.equal({
      goal: 'To learn more.',
      'what-is-kms': 'A service.\n\nFor keys.\n',
      'time-taken': 'Two hours.',
    });
    expect(withAnswers(mine, { goal: 'To learn.' }), 'the same').to.equal(withAnswers(mine, {}));
  });

  it('keeps what consists of comments only', () => {
    const text = withAnswers('# Not yet.\n', { goal: 'Now.' });
    expect(text).to.include('# Not yet.');
    expect(parse(text)).to.deep.equal({ goal: 'Now.' });
  });

  it('gives back every text as it was put in', () => {
    const someText = fc.oneof(
      trickyText,
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom('a', ' ', '\n', '\t', ':', '#', '- ', '|', '"', "'", '\u0085', '\u2028'), {
          maxLength: 40,
        })
        .map((parts) => parts.join('')),
      fc.constantFrom(...Object.values(hostileTexts)),
    );
    fc.assert(
      fc.property(someText, someText, (first, second) => {
        // A file is UTF-8: halves of surrogate pairs cannot be in it. Line ends are made \n before.
        const [a, b] = [first, second].map((one) => one.replace(/\p{Cs}/gu, '').replace(/\r\n?/g, '\n'));
        const once = withAnswers('# mine\n', { one: a ?? '' });
        const twice = withAnswers(once, { two: b ?? '', three: 'x' });
        expect(faultOf(twice)).to.equal(undefined);
        expect(parse(twice)).to.deep.equal({ one: a, two: b, three: 'x' });
        expect(twice).to.include('# mine');
      }),
      { numRuns: 500 },
    );
  });

  it('asks what is not in it yet, and nothing twice', () => {
    const questions = [
      { id: 'goal', prompt: 'What will you show?' },
      { id: 'why', prompt: `Why, ${'in as many words as it takes, '.repeat(6)}do you do it?` },
    ];
    const text = withQuestions(mine, questions);
    expect(text).to.include('# What will you show?').and.to.include('# Ask Kim about this one.');
    expect(text).to.match(/\n# Why, in as many words/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).to.be.at.most(80);
    expect(parse(text)).to.include({ goal: 'To learn.', why: null });
    expect(withQuestions(text, questions)).to.equal(text);
    expect(withQuestions('', questions)).to.match(/^# What will you show\?\ngoal:\n\n# Why/);
  });

  it('is found wanting, with the line', () => {
    expect(faultOf('')).to.equal(undefined);
    expect(faultOf('# only a comment\n')).to.equal(undefined);
    expect(faultOf('goal: a\nwhy: b: c\n')).to.include({ line: 2 });
    expect(faultOf('goal: a\nwhy: [b]\n')).to.include({ line: 2 });
    expect(faultOf('goal: a\ngoal: b\n')?.line).to.equal(2);
    expect(faultOf('- a\n')).to.include({ line: 1 });
    expect(faultOf('a: &x text\nb: *x\n')?.line).to.equal(2);
  });

  describe('in the learner’s folder', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'labwright-answers-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('is written for the owner alone, and read again', async () => {
      const state = new StateFolder(join(folder, 'new'));
      await state.keepAnswers({ goal: 'A\n\nB' });
      expect(await state.answers()).to.deep.equal({ goal: 'A\n\nB' });
      expect((await stat(state.answersFile)).mode & 0o777).to.equal(0o600);
    });

    it('is left alone when it cannot be read', async () => {
      const state = new StateFolder(folder);
      await writeFile(state.answersFile, 'goal: [1\n');
      const refused = await state.keepAnswers({ goal: 'x' }).catch((error: Error) => error.message);
      expect(refused).to.include('answers.yaml');
      expect(await readFile(state.answersFile, 'utf8')).to.equal('goal: [1\n');
    });

    it('and write-up.yaml take members and leave the others', async () => {
      const state = new StateFolder(folder);
      await writeFile(state.additionsFile, '# Mine\nauthor: Ada # really\n');
      await state.keepAdditions({ sections: [{ heading: 'Next', text: 'One.\n\nTwo.' }] });
      expect(await readFile(state.additionsFile, 'utf8')).to.include('# Mine\nauthor: Ada # really\n');
      expect(await state.additions()).to.deep.equal({
        author: 'Ada',
        sections: [{ heading: 'Next', text: 'One.\n\nTwo.' }],
        screenshots: [],
      });
    });
  });
});
