import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { showsHyperlinks } from '../../../cli/terminal/hyperlinks.ts';
import { markdownText } from '../../../cli/terminal/markdown-text.ts';
import { createStyle } from '../../../cli/terminal/style.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';

const bare = createStyle(false);
const colourful = createStyle(true, true);

describe('Markdown in the terminal', () => {
  it('sets headings, paragraphs, lists, quotes, tables and code', () => {
    const source = [
      '# Why',
      'Because *KMS* runs `Decrypt`, **always**.',
      '9. One that is long enough to need a second line',
      '10. Two\n    - inner',
      '> quoted',
      '| a | bb |\n|---|---|\n| ccc | d |',
      '```sh\naws kms list-keys \\\n  --output text\n\necho done\n```',
    ].join('\n\n');
    expect(markdownText(source, bare, 30).split('\n')).to.deep.equal([
      'Why',
      '',
      'Because "KMS" runs `Decrypt`,',
      'always.',
      '',
      ' 9. One that is long enough to',
      '    need a second line',
      '',
      '10. Two',
      '',
      '    • inner',
      '',
      '│ quoted',
      '',
      'a     bb',
      'ccc   d',
      '',
      '    aws kms list-keys \\',
      '      --output text',
      '',
      '    echo done',
    ]);
  });

  it('keeps within the width, but for code, which has to be copied', () => {
    const words = `${'word '.repeat(60)}\n\n- ${'item '.repeat(60)}\n\n> ${'quote '.repeat(60)}`;
    for (const width of [40, 80, 120]) {
      const lines = markdownText(words, colourful, width).split('\n').map(stripVTControlCharacters);
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(width);
    }
    const command = `aws ${'--option value '.repeat(20)}`.trim();
    expect(markdownText(`\`\`\`sh\n${command}\n\`\`\``, bare, 40)).to.equal(`    ${command}`);
  });

  it('makes links that the terminal opens, and otherwise prints the address', () => {
    const source = 'Open [the console](https://console.aws.amazon.com/kms/home).';
    expect(markdownText(source, bare, 80)).to.equal(
      'Open the console (https://console.aws.amazon.com/kms/home).',
    );
    const linked = markdownText(source, colourful, 80);
    expect(linked).to.include('\u001b]8;;https://console.aws.amazon.com/kms/home\u0007');
    expect(linked).to.include('\u001b]8;;\u0007');
    expect(markdownText(source, createStyle(true, false), 80)).to.include(
      '(https://console.aws.amazon.com/kms/home)',
    );
    expect(markdownText('[x](javascript:alert(1))', colourful, 80)).to.equal('x');
  });

  it('closes and reopens a link that goes over a line end', () => {
    const lines = markdownText('[one two three four](https://example.com/)', colourful, 20).split('\n');
    const long = markdownText(`[${'word '.repeat(20).trim()}](https://example.com/)`, colourful, 30).split(
      '\n',
    );
    for (const line of [...lines, ...long]) {
      const opened = line.split('\u001b]8;;https://example.com/\u0007').length;
      expect(line.split('\u001b]8;;\u0007').length, line).to.equal(opened);
    }
    expect(long.length).to.be.greaterThan(1);
  });

  for (const [what, text] of Object.entries(hostileTexts)) {
    it(`is not led astray by ${what}`, () => {
      expect(markdownText(text, bare, 80)).to.not.match(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    });
  }

  it('prints no control character, whatever the text', () => {
    const pieces = fc.constantFrom(
      '&#27;',
      '&#10;',
      '&#x9b;',
      '\u001b]8;;',
      '`',
      '*',
      '[a](',
      ')',
      '\n',
      '```',
      '|',
      'x',
      ' ',
      '>',
      '- ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(markdownText(parts.join(''), bare, 60)).to.not.match(/(?!\n)\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe('which terminals show links', () => {
  it('is told by what they say of themselves, and in doubt is no', () => {
    for (const env of [
      { TERM_PROGRAM: 'vscode' },
      { TERM: 'xterm-kitty' },
      { WT_SESSION: 'x' },
      { VTE_VERSION: '7600' },
      { TERM: 'dumb', FORCE_HYPERLINK: '1' },
    ])
      expect(showsHyperlinks(env), JSON.stringify(env)).to.equal(true);
    for (const env of [
      {},
      { TERM: 'xterm-256color' },
      { VTE_VERSION: '4600' },
      { TERM_PROGRAM: 'Apple_Terminal' },
      { TERM: 'tmux-256color', TERM_PROGRAM: 'WezTerm' },
      { WT_SESSION: 'x', FORCE_HYPERLINK: '0' },
    ])
      expect(showsHyperlinks(env), JSON.stringify(env)).to.equal(false);
  });
});
