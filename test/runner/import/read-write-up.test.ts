/** What becomes of write-ups in the shape of learners' own, and of texts in no shape at all. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { registry } from '../../../checks/registry.ts';
import { gradeAnswer } from '../../../runner/answers/grade-answer.ts';
import { type ReadWriteUp, readWriteUp } from '../../../runner/import/read-write-up.ts';
import { loadLab, parseLab } from '../../../runner/lab/load-lab.ts';
import { questionsOf } from '../../../runner/lab/questions.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { trickyText } from '../../reports/tricky-text.ts';
import { wordCounts } from './words.ts';

const lab = await loadLab('labs/encrypt-data-with-kms/lab.yaml', registry);
const text = (name: string) => readFile(new URL(`write-ups/${name}.md`, import.meta.url), 'utf8');
const full = await text('full');
const begun = await text('begun');

/** Everything that is kept, and what every report shows again by itself. */
function keptWords({ answers, additions, shownAgain }: ReadWriteUp) {
  const sections = additions.sections.flatMap((one) => [one.heading, one.text]);
  const shots = additions.screenshots.flatMap(({ file, shows }) => [file, shows]);
  const { author = '', email = '', opening = '' } = additions;
  return wordCounts(...Object.values(answers), author, email, opening, ...sections, ...shots, ...shownAgain);
}

function states(read: ReadWriteUp) {
  return Object.fromEntries(
    questionsOf(lab).map((question) => [question.id, gradeAnswer(question, read.answers[question.id]).state]),
  );
}

describe('importing a write-up', () => {
  it('gives each question its words, in a write-up that is all there', () => {
    const { answers, additions } = readWriteUp(lab, full);
    expect(Object.keys(answers)).to.have.members(questionsOf(lab).map(({ id }) => id));
    const begins = (id: string) => answers[id]?.slice(0, 24);
    expect(begins('time-taken')).to.equal('It took me about three h');
    expect(begins('hardest-part')).to.equal('The hardest part was the');
    expect(answers['hardest-part']).to.match(/red banner\.$/);
    expect(begins('why-today')).to.equal('I did this today because');
    expect(begins('what-is-kms')).to.equal('AWS KMS is a managed ser');
    expect(begins('symmetric-or-asymmetric')).to.equal('With symmetric keys the ');
    expect(begins('encryption-options')).to.equal('There are three options:');
    expect(answers['encryption-options']).to.match(
      /\| customer managed key \|.*\n\nThey differ in who has control\.$/,
    );
    expect(begins('chosen-option')).to.equal('I chose the customer man');
    expect(begins('why-visible')).to.equal('I still see the items si');
    expect(begins('what-happened')).to.equal('When the user opened the');
    expect(begins('what-it-proves')).to.equal('This proves that access ');
    expect(begins('what-you-saw')).to.equal('When I tried again I saw');
    expect(begins('encryption-and-access-control')).to.equal('Access control decides w');
    expect(additions.author).to.equal('Ada Example');
    expect(additions.email).to.equal('ada@example.com');
    expect(additions.opening).to.include('![Logo of a school](https://example.com/logo.svg)');
  });

  it('keeps sections that the lab does not have, in order and with all below them', () => {
    const { additions } = readWriteUp(lab, full);
    expect(additions.sections).to.deep.equal([
      {
        heading: 'What I would do next time',
        after: 'Encrypting data',
        text: 'Turn on *rotation* from the start.\n\n#### And with more money\n\nTry keys in several Regions.',
      },
      { heading: 'Thanks', after: 'EXTRA: Granting access', text: 'To my cat.' },
    ]);
  });

  it('leads to the misconceptions that are in it, and to no others', () => {
    const found = questionsOf(lab).flatMap((question) =>
      gradeAnswer(question, readWriteUp(lab, full).answers[question.id]).misconceptions.map(({ id }) => [
        question.id,
        id,
      ]),
    );
    expect(found).to.deep.equal([
      ['actions-not-possession', 'both-policies-needed'],
      ['how-granted', 'administrators-decrypt'],
    ]);
    const unfinished = Object.entries(states(readWriteUp(lab, full))).filter(([, state]) =>
      ['stub', 'cut-off', 'unanswered'].includes(state),
    );
    expect(unfinished).to.deep.equal([]);
  });

  it('leads to the stubs and gaps of one that was only begun', () => {
    const read = readWriteUp(lab, begun);
    expect(read.additions).to.include({ author: 'Ben Example', email: 'ben@example.com' });
    expect(states(read)).to.include({
      goal: 'stub',
      'services-and-concepts': 'unanswered',
      'time-taken': 'answered',
      'hardest-part': 'stub',
      'what-is-encryption': 'incomplete',
      'symmetric-or-asymmetric': 'stub',
      'what-is-dynamodb': 'complete',
      'chosen-option': 'unanswered',
      'what-the-user-got': 'stub',
      'how-granted': 'unanswered',
    });
    // A picture alone answers nothing.
    expect(read.additions.sections).to.deep.equal([
      {
        heading: 'EXTRA: Granting access',
        after: 'EXTRA: Granting access',
        text: '![Screenshot](https://example.com/granted.png)',
      },
    ]);
  });

  it('makes screenshots of pictures that are taken along, and words stay with their pictures', () => {
    const read = readWriteUp(lab, full, new Map([['pictures/key.png', 'pictures/key-1234.png']]));
    expect(read.additions.screenshots).to.deep.equal([
      { stage: 'key', file: 'pictures/key-1234.png', shows: 'My key' },
    ]);
    expect(read.answers['why-visible']).to.include('![The items](missing.png)');
  });

  it('takes a question for a heading, also where it is only emphasised', () => {
    const { answers } = readWriteUp(
      lab,
      '# My notes\n\n## 2) What is DynamoDB good for\n\nGames.\n\n***What does this prove?***\n\nA lot.',
    );
    expect(answers).to.deep.equal({ 'what-is-dynamodb': 'Games.', 'what-it-proves': 'A lot.' });
  });

  it('knows nothing of a particular lab', () => {
    const other = parseLab(
      'other.yaml',
      `id: other
title: Keep bees
about: Bees.
questions:
  - { id: why-bees, section: Before you begin, prompt: Why do you keep bees? }
  - { id: how-many, section: Before you begin, prompt: How many hives did you set up? }
stages:
  - id: hive
    title: A hive
    guide: Build it.
    checks: [{ check: kms/key-exists, with: { alias: alias/x }, points: 1, hint: Build. }]
`,
      registry,
    );
    const { answers, additions } = readWriteUp(
      other,
      '# Keep Bees\n\n## Before you began\n\nI keep bees because of the honey.\n\nI set up two hives.\n\n## A hive\n\nMine is blue.',
    );
    expect(answers).to.deep.equal({
      'why-bees': 'I keep bees because of the honey.',
      'how-many': 'I set up two hives.',
    });
    expect(additions.sections).to.deep.equal([{ heading: 'A hive', after: 'A hive', text: 'Mine is blue.' }]);
  });

  it('keeps a text without headings as the opening', () => {
    const { answers, additions, routes } = readWriteUp(lab, 'Just some words.\n\nAnd more.');
    expect(answers).to.deep.equal({});
    expect(additions.opening).to.equal('Just some words.\n\nAnd more.');
    expect(routes).to.deep.equal([{ questions: [], kept: 'opening' }]);
  });

  it('reads front matter, and keeps what it does not know of it', () => {
    const { additions } = readWriteUp(
      lab,
      '---\nauthor: Ada\ndate: 2026-01-02\n---\n\n## Data visibility\n\nDynamoDB decrypts.',
    );
    expect(additions.author).to.equal('Ada');
    expect(additions.opening).to.equal('```yaml\ndate: 2026-01-02\n```');
  });

  it('reads line ends of Windows, a byte order mark, and NUL', () => {
    const { answers } = readWriteUp(lab, '\ufeff## Encrypting data\r\n\r\nDynamoDB is a\0 database.\r\n');
    expect(answers).to.deep.equal({ 'what-is-dynamodb': 'DynamoDB is a\ufffd database.' });
  });

  it('keeps HTML and scripts as the text that they are', () => {
    const hostile = '## Data visibility\n\n<script>alert(1)\n\n## Denying access\n\n</script><b>denied</b>';
    const { answers, additions } = readWriteUp(lab, hostile);
    const kept = [...Object.values(answers), ...additions.sections.map((one) => one.text)];
    expect(kept.join(' ')).to.include('<script>alert(1)').and.to.include('</script><b>denied</b>');
  });

  describe('keeps every word', () => {
    for (const [name, markdown] of Object.entries({ full, begun })) {
      it(`of the write-up ${name}`, () => {
        const expected = wordCounts(markdown);
        // The tag's other attributes are no words.
        expect([...keptWords(readWriteUp(lab, markdown))]).to.deep.equal([...expected]);
      });
    }

    const headings = [
      'Encrypting data',
      'Denying access',
      'My own',
      'Project reflection',
      'Grant',
      'Notes on keys',
    ];
    const bodies = [
      'I gave the user everything. It was denied!',
      '- one\n- two\n\n  more',
      '```sh\n## no heading\naws kms list-keys\n```',
      '| a | b |\n| - | - |\n| c | d |',
      '> quoted\n> twice',
      '![shot](shot.png)',
      '    indented code',
      'Setext\n------\n\nbelow it',
      '**Denying access**',
      '[ref]: https://example.com/there\n\nsee [ref]',
      'مرحبا بالعالم',
      '1. first\n   - nested\n     - deeper',
      '<div>\n\nraw\n\n</div>',
      'Author: Somebody Else',
    ];
    const part = fc.oneof(
      {
        weight: 2,
        arbitrary: fc
          .constantFrom(...headings)
          .chain((heading) =>
            fc.constantFrom(1, 2, 3, 4, 6).map((level) => `${'#'.repeat(level)} ${heading}`),
          ),
      },
      { weight: 3, arbitrary: fc.constantFrom(...bodies) },
      { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((one) => one.replace(/<img/gi, '')) },
      { weight: 1, arbitrary: trickyText.map((one) => one.replace(/<img/gi, '')) },
    );

    it('of any text', () => {
      fc.assert(
        fc.property(fc.array(part, { maxLength: 14 }), fc.constantFrom('\n\n', '\n'), (parts, between) => {
          const markdown = parts.join(between).replace(/^---/, '- -');
          const read = readWriteUp(lab, markdown);
          // A heading may be kept with what is not its own (an ellipsis, a line), but no word is lost or added.
          expect([...keptWords(read)]).to.deep.equal([...wordCounts(markdown.replaceAll('\0', '\ufffd'))]);
        }),
        { numRuns: 400 },
      );
    });

    it('of hostile texts', () => {
      for (const one of Object.values(hostileTexts)) {
        const markdown = `## Data visibility\n\n${one}`.replace(/<img/gi, '<im');
        expect([...keptWords(readWriteUp(lab, markdown))]).to.deep.equal([
          ...wordCounts(markdown.replaceAll('\0', '\ufffd')),
        ]);
      }
    });
  });

  it('takes huge and deep texts in its stride', function () {
    this.timeout(20_000);
    const nested = `${'> '.repeat(2000)}deep\n\n${'- '.repeat(500)}list`;
    const long = `## Data visibility\n\n${'DynamoDB decrypts the items for me. '.repeat(20_000)}`;
    const many = `## Data visibility\n\n${'One more paragraph about the key.\n\n'.repeat(20_000)}`;
    const sections = '## Something else\n\nWords.\n\n'.repeat(5000);
    for (const markdown of [nested, long, many, sections])
      expect([...keptWords(readWriteUp(lab, markdown))]).to.deep.equal([...wordCounts(markdown)]);
  });
});
