import { expect } from 'chai';
import { fillNames } from '../../../reports/markdown/fill-names.ts';
import { proseHtml } from '../../../reports/markdown/to-html.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';

function filled(markdown: string, name: string): string {
  const text = (source: string) => source.replaceAll('${name}', () => name);
  return fillNames(markdown, { text, shell: (source) => text(source).toUpperCase() });
}

describe('names filled into Markdown', () => {
  it('stand in words, code, commands, other blocks of code and addresses', () => {
    const source = [
      'Open **${name}**, `${name}`.',
      '```sh\nuse ${name}\n```',
      '```json\n"${name}"\n```',
      '[Open](https://example.com/#table?name=${name})',
    ].join('\n\n');
    expect(filled(source, 'a b')).to.equal(
      [
        'Open **a b**, `a b`.',
        '```sh\nUSE A B\n```',
        '```json\n"a b"\n```',
        '[Open](https://example.com/#table?name=a%20b)',
      ].join('\n\n'),
    );
  });

  for (const [what, name] of Object.entries(hostileTexts)) {
    it(`stay text: ${what}`, () => {
      const source = 'Before `${name}` between ${name} after.\n\n```text\n${name}\n```\n\nThe end.';
      const html = proseHtml(filled(source, name), 3);
      expect(html.match(/<(\w+)/g)).to.satisfy((tags: string[]) =>
        tags.every((tag) => ['<p', '<code', '<pre'].includes(tag)),
      );
      expect(html)
        .to.match(/^<p>Before /)
        .and.to.match(/<p>The end\.<\/p>\n$/);
    });
  }
});
