import { expect } from 'chai';
import fc from 'fast-check';
import { readSentences } from '../../../runner/answers/sentences.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { trickyText } from '../../reports/tricky-text.ts';
import { feedbackOn, questions } from './first-lab.ts';

const ids = [...questions.keys()];
const words =
  'key keys user administrator decrypt encrypted can not cannot policy both and the dynamodb table iam i added as symmetric asymmetric aws managed is because , . ... ; \n\n'.split(
    ' ',
  );
const prose = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((some) => some.join(' '));
const anyText = fc.oneof(prose, trickyText, fc.string({ unit: 'binary', maxLength: 300 }));

/** Repeated to 100 kB. */
const repeated = [
  'key administrator can decrypt ',
  'administrator decrypt not ',
  '![',
  '![a](',
  '](',
  '<a ',
  'https://',
  '\n ',
  '\n\t-',
  "can't",
  "'",
  '’',
  'a\u0301',
  'symmetricsymmetric ',
  'administratro ',
  'both policy key iam ',
  '...',
  '. ',
  '1',
  '\u0000',
  '\ud800',
  'â€™',
];

describe('feedback on any text', () => {
  it('never throws, and keeps to its limits', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), anyText, (id, text) => {
        const { points, max, present, missing, unfinished } = feedbackOn(id, text);
        expect(points).to.be.within(0, max);
        expect(present.length + missing.length).to.equal(questions.get(id)?.expects?.concepts.length ?? 0);
        expect(unfinished.length).to.be.at.most(5);
      }),
      { numRuns: 400 },
    );
    for (const text of Object.values(hostileTexts)) for (const id of ids) feedbackOn(id, text);
  });

  it('loses no concept when a sentence is added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), prose, prose, (id, text, more) => {
        const before = feedbackOn(id, text).present.map((one) => one.id);
        for (const longer of [`${text} ${more}.`, `${text}\n\n${more}`, `${more}. ${text}`]) {
          const after = feedbackOn(id, longer).present.map((one) => one.id);
          expect(after).to.include.members(before);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('loses no misconception when a sentence is added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), prose, prose, (id, text, more) => {
        const before = feedbackOn(id, `${text}.`).misconceptions.map((one) => one.id);
        const after = feedbackOn(id, `${text}. ${more}`).misconceptions.map((one) => one.id);
        expect(after).to.include.members(before);
      }),
      { numRuns: 400 },
    );
  });

  // Work is counted in time only to tell a line from a parabola: these take milliseconds, a parabola minutes.
  it('does not dawdle over 100 kB made for that', function () {
    this.timeout(60_000);
    for (const piece of repeated) {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      for (const id of [
        'how-granted',
        'symmetric-or-asymmetric',
        'encryption-options',
        'actions-not-possession',
      ])
        feedbackOn(id, text);
    }
  });

  it('reads what it quotes from where it says', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = readSentences(text);
        for (const { start, end } of reading.sentences.flatMap(({ tokens }) => tokens))
          expect(reading.text.slice(start, end)).to.match(/^[\p{L}\p{N}]/u);
      }),
    );
  });
});
