import { expect } from 'chai';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { rosterOf } from './sample-roster.ts';

/** Text that a cell can hold and that reading does not tidy: no spaces at the ends or doubled, composed. */
const tidy = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .filter((text) => text !== '' && !/[\p{Cc}\p{Cs}]/u.test(text) && !/^'\d|^="/.test(text));
const account = fc
  .integer({ min: 0, max: 999_999_999_999 })
  .map((number) => String(number).padStart(12, '0'));

const learner = fc.record({
  id: tidy.filter((id) => id.length <= 64 && !/^\d+[.,]\d+E/i.test(id)),
  name: tidy,
  section: tidy,
  account,
  table: fc.stringMatching(/^[a-zA-Z0-9_.-]{3,40}$/),
});
const learners = fc.uniqueArray(learner, {
  minLength: 1,
  maxLength: 12,
  selector: ({ id }) => id.toLowerCase(),
});

describe('reading any roster', () => {
  it('gives back what was written, whatever the delimiter, the quotes and the encoding', () => {
    fc.assert(
      fc.property(
        learners,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('utf8', 'utf16le'),
        (rows, delimiter, quoted, lineEnd, encoding) => {
          const text = stringify(
            [
              ['learner id', 'name', 'section', 'account', 'role', 'set table'],
              ...rows.map((row) => [row.id, row.name, row.section, row.account, 'grader', row.table]),
            ],
            // A cell that begins with a quote or holds a quote is quoted either way.
            { delimiter, quoted, record_delimiter: lineEnd },
          );
          const roster = rosterOf(Buffer.from(`\ufeff${text}`, encoding as BufferEncoding));
          expect(roster.problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
          expect(
            roster.learners.map(({ id, name, section, account, params }) => ({
              id,
              name,
              section,
              account,
              table: params.table,
            })),
          ).to.deep.equal(rows);
          expect(roster.learners.map(({ line }) => line)).to.deep.equal(rows.map((_, index) => index + 2));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('knows the line of every learner, also below cells of many lines', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }), (breaks) => {
        const text = stringify([
          ['id', 'name', 'profile'],
          ...breaks.map((many, index) => [`l${index}`, `a${'\n'.repeat(many)}b`, 'p']),
        ]);
        const { learners: read } = rosterOf(Buffer.from(text));
        let line = 2;
        for (const [index, many] of breaks.entries()) {
          expect(read[index]?.line).to.equal(line);
          line += many + 1;
        }
      }),
    );
  });

  it('never throws on text, and names an error wherever it leaves somebody out', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ...Object.values(hostileTexts),
        '"',
        '""',
        '__proto__=x',
        'constructor',
        '=1+1',
        '@x',
        '\u0000',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 12, maxLength: 12 }), { maxLength: 6 }),
        fc.boolean(),
        (rows, escaped) => {
          const head =
            'id,name,e-mail,section,account,role,profile,region,external id,parameters,extension,set alias\n';
          const body = escaped ? stringify(rows) : rows.map((row) => row.join(',')).join('\n');
          const roster = rosterOf(Buffer.from(head + body));
          for (const learner of roster.learners) {
            expect(learner.id).to.match(/\S/);
            expect(learner.id).to.not.match(/[\p{Cc}]/u);
            expect(
              roster.problems.some(({ severity, line }) => severity === 'error' && line === learner.line),
            ).to.equal(false);
          }
          if (escaped) {
            const filled = rows.filter((row) => row.some((text) => text.trim() !== '')).length;
            const faulty = new Set(
              roster.problems.filter(({ severity }) => severity === 'error').map(({ line }) => line),
            );
            expect(roster.learners.length + faulty.size).to.be.at.least(Math.min(1, filled));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
