/** Whatever a document points to is there. */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect } from 'chai';
import MarkdownIt, { type Token } from 'markdown-it';
import { documents, placeOf, readDocument } from './documents.ts';

describe('the documents', () => {
  for (const document of documents) {
    it(`${document} points to what is there`, () => {
      const dead = linksOf(document).filter((link) => !leads(document, link));
      expect(dead).to.deep.equal([]);
    });
  }

  it('are all found from docs/README.md', () => {
    const index = linksOf('docs/README.md').map((link) => posix.join('docs', link.split('#')[0] ?? ''));
    const pages = documents.filter((path) => posix.dirname(path) === 'docs' && path !== 'docs/README.md');
    expect(pages.filter((page) => !index.includes(page))).to.deep.equal([]);
  });
});

/** Relative links and pictures. */
function linksOf(document: string): string[] {
  return tokens(readDocument(document)).flatMap((token) => {
    const link = token.attrGet('href') ?? token.attrGet('src');
    return link === null || /^[a-z]+:/.test(`${link}`) ? [] : [`${link}`];
  });
}

function leads(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : posix.join(posix.dirname(from), decodeURI(path));
  if (!existsSync(placeOf(target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(document: string): string[] {
  const all = new MarkdownIt().parse(readDocument(document), {});
  return all.flatMap((token, at) => {
    const text = token.type === 'heading_open' ? all[at + 1] : undefined;
    const words = text?.children?.map(({ content }) => content).join('');
    return words === undefined
      ? []
      : words
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-');
  });
}

function tokens(markdown: string): Token[] {
  return new MarkdownIt().parse(markdown, {}).flatMap(({ children }) => children ?? []);
}
