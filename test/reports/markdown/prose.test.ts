import { expect } from 'chai';
import fc from 'fast-check';
import { isInlineImage, isSafeLink } from '../../../reports/markdown/link-policy.ts';
import { proseHtml } from '../../../reports/markdown/to-html.ts';
import { proseMarkdown } from '../../../reports/markdown/to-markdown.ts';
import { hostileTexts } from '../hostile-text.ts';
import { flatten, parseMarkdown, tagsOf } from '../markup.ts';
import { trickyText } from '../tricky-text.ts';

const proseTags = new Set([
  ...[
    'p',
    'br',
    'em',
    'strong',
    's',
    'code',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'hr',
    'a',
    'img',
    'h4',
    'h5',
    'h6',
  ],
  ...['div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
]);
const proseAttributes = new Set([
  'href',
  'rel',
  'src',
  'alt',
  'class',
  'start',
  'scope',
  'role',
  'aria-label',
  'tabindex',
]);

function expectHarmlessHtml(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect(proseTags, name).to.include(name);
    for (const attribute of attributes.keys()) expect(proseAttributes, attribute).to.include(attribute);
    const address = attributes.get('href');
    if (address !== undefined) expect(isSafeLink(address), address).to.equal(true);
    if (name === 'img') expect(isInlineImage(attributes.get('src') ?? '')).to.equal(true);
  }
}

function expectHarmlessMarkdown(markdown: string): void {
  const tokens = parseMarkdown(`before\n\n${markdown}\n\n## after`);
  for (const token of flatten(tokens)) {
    expect(token.type).not.to.match(/^html_/);
    if (token.type === 'link_open') expect(isSafeLink(String(token.attrGet('href')))).to.equal(true);
    if (token.type === 'image') {
      const source = String(token.attrGet('src'));
      expect(isSafeLink(source) || isInlineImage(source), source).to.equal(true);
    }
  }
  const headings = tokens.filter(({ type }) => type === 'heading_open');
  expect(headings.slice(0, -1).every(({ tag }) => /^h[456]$/.test(tag))).to.equal(true);
  expect(headings.at(-1)).to.include({ tag: 'h2', level: 0 });
  expect(tokens.at(-2)?.content).to.equal('after');
}

describe('prose by other people', () => {
  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`is harmless with ${name}`, () => {
      expectHarmlessHtml(proseHtml(text, 4));
      expectHarmlessMarkdown(proseMarkdown(text, 4));
    });
  }

  it('is harmless whatever it holds', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        expectHarmlessHtml(proseHtml(text, 4));
        expectHarmlessMarkdown(proseMarkdown(text, 4));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its formatting in Markdown', () => {
    const kept = [
      'Some *emphasis*, some **strength**, some `code`, some ~~doubt~~.',
      'A [link](https://example.com/a_b?c=1&d=2) and <https://example.com>.',
      'A picture: ![screen shot](https://example.com/a.png)',
      '- one\n- two\n  - two and a half\n\n    more\n- three',
      '3. three\n4. four',
      '- a\n\n* b\n\n1. c\n\n1) d',
      '> quoted\n>\n> > twice',
      '```js\nconst a = "`";\n\n  b();\n```',
      '    indented code\n    <b>',
      '| a | b |\n| :- | -: |\n| `x\\|y` | **z** |',
      'line one  \nline two\nline three',
      '# One\n\n### Three\n\ntext\n\nTwo\n---',
      '2 < 3 & 4 > 1, 5 * 6, snake_case, C#, 100%, a | b',
      '1\\. not a list\n\n\\- nor this',
      'last\n\n***\n\nword',
    ];
    for (const source of kept) expect(proseHtml(proseMarkdown(source, 1), 1)).to.equal(proseHtml(source, 1));
  });

  it('closes a fence that was left open', () => {
    expect(proseMarkdown('text\n\n```sh\nls', 4)).to.equal('text\n\n```sh\nls\n```');
  });

  it('puts headings below the given level without gaps', () => {
    const source = '### first\n\n# second\n\n###### third';
    expect(proseMarkdown(source, 4)).to.equal('#### first\n\n#### second\n\n##### third');
    expect(proseHtml(source, 4)).to.equal('<h4>first</h4>\n<h4>second</h4>\n<h5>third</h5>\n');
  });

  it('keeps headings of one level on one level', () => {
    expect(proseMarkdown('## first\n\n#### inner\n\n## second', 4)).to.equal(
      '#### first\n\n##### inner\n\n#### second',
    );
  });

  it('keeps the words of a link that it refuses', () => {
    expect(proseMarkdown('see [**this** page](javascript:alert(1))', 4)).to.equal('see **this** page');
    expect(proseHtml('see [this](ftp://example.com/)', 4)).to.equal('<p>see this</p>\n');
  });

  it('shows remote pictures as links on a page, and inline ones as pictures', () => {
    expect(proseHtml('![a "shot"](https://example.com/a.png)', 4)).to.equal(
      '<p><a href="https://example.com/a.png" rel="noopener noreferrer nofollow">Picture: a &quot;shot&quot;</a></p>\n',
    );
    expect(proseHtml('![dot](data:image/png;base64,iVBORw0KGgo=)', 4)).to.equal(
      '<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="dot"></p>\n',
    );
    const tags = tagsOf(proseHtml('[![a](https://example.com/a.png)](https://example.com/)', 4));
    expect(tags.filter(({ name }) => name === 'a')).to.have.length(1);
  });

  it('takes text in the time that its length needs', function () {
    this.timeout(10_000);
    const long = 100_000;
    for (const part of [
      ' ',
      '*',
      '_a ',
      '[',
      '![](https://a.b) ',
      '> ',
      '`',
      '<',
      '\\',
      '\n',
      ' \n',
      '|',
      '&',
    ]) {
      const text = part.repeat(Math.ceil(long / part.length));
      expect(proseMarkdown(text, 4)).to.be.a('string');
      expect(proseHtml(text, 4)).to.be.a('string');
    }
  });
});
