import { expect } from 'chai';
import fc from 'fast-check';
import { codeSpan, escapeText, fencedBlock } from '../../../reports/markdown/escape.ts';
import { cleanText } from '../../../reports/plain-text.ts';
import { hostileTexts } from '../hostile-text.ts';
import { parseMarkdown } from '../markup.ts';
import { trickyText } from '../tricky-text.ts';

/** The words of a document that is one paragraph of plain text and nothing else. */
function onlyText(markdown: string): string {
  const tokens = parseMarkdown(markdown);
  if (tokens.length === 0) return '';
  expect(tokens.map(({ type }) => type)).to.deep.equal(['paragraph_open', 'inline', 'paragraph_close']);
  const children = tokens[1]?.children ?? [];
  expect(children.map(({ type }) => type)).to.deep.equal(children.map(() => 'text'));
  return children.map(({ content }) => content).join('');
}

const asLine = (text: string) => text.replaceAll('\n', ' ').trim();

describe('escaping plain values for Markdown', () => {
  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`keeps ${name} as it is written`, () => {
      const value = cleanText(text);
      expect(onlyText(escapeText(value))).to.equal(asLine(value));
    });
  }

  it('keeps any text as it is written', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const value = cleanText(text);
        expect(onlyText(escapeText(value))).to.equal(asLine(value));
      }),
    );
  });

  it("keeps any text inside its table's cell", () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        for (const cell of [escapeText(cleanText(text)), codeSpan(cleanText(text))]) {
          const tokens = parseMarkdown(`| a | b |\n| - | - |\n| ${cell} | end |\n\n## after`);
          const cells = tokens.filter(
            ({ type }, index) => type === 'inline' && tokens[index - 1]?.type === 'td_open',
          );
          expect(cells).to.have.length(2);
          expect(cells[1]?.content).to.equal('end');
          expect(tokens.at(-2)?.content).to.equal('after');
        }
      }),
    );
  });

  it('sets any text without a pipe as one code span', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const value = cleanText(text).replaceAll('|', '');
        fc.pre(asLine(value) !== '');
        const children = parseMarkdown(codeSpan(value))[1]?.children ?? [];
        expect(children.map(({ type }) => type)).to.deep.equal(['code_inline']);
        expect(children[0]?.content).to.equal(asLine(value));
      }),
    );
  });

  it('sets any text as one block of code', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const tokens = parseMarkdown(`${fencedBlock(cleanText(text), 'diff')}\n\n## after`);
        expect(tokens.map(({ type }) => type)).to.deep.equal([
          'fence',
          'heading_open',
          'inline',
          'heading_close',
        ]);
      }),
    );
  });

  it('leaves the names of AWS readable in the source', () => {
    for (const name of [
      'AmazonDynamoDBFullAccess_v2',
      'nextwork-kms-table',
      'alias/aws/dynamodb',
      '12.50',
      'kms:Decrypt',
    ]) {
      expect(escapeText(name)).to.equal(name);
    }
  });
});
