/** What a learner adds to the write-up: an address, an opening, sections, pictures. */
import { expect } from 'chai';
import { picturesOf } from '../../reports/picture.ts';
import { renderWriteUp, renderWriteUpPage } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';
import { flatten, parseMarkdown, tagsOf } from './markup.ts';
import { redDot } from './sample-picture.ts';
import { picturePath, sampleResult } from './sample-result.ts';

const pictures = new Map([[picturePath, redDot]]);
const imagesOf = (html: string) =>
  tagsOf(html.replace(/<style>.*?<\/style>/s, '')).filter(({ name }) => name === 'img');
const added = (additions: Partial<NonNullable<Result['additions']>>) =>
  sampleResult({ additions: { sections: [], screenshots: [], ...additions } });

describe("the learner's additions to a write-up", () => {
  it('stand where the learner wants them', async () => {
    const { markdown, html } = await renderWriteUp(sampleResult(), { pictures });
    for (const document of [markdown, html]) {
      const inOrder = [
        'ada@example.com',
        'Two days in',
        'read by',
        'In the wrong Region.',
        'Access denied',
        'Rotation, every year.',
        'How this was verified',
      ];
      // Each is looked for behind the one before.
      let at = 0;
      for (const words of inOrder) {
        at = document.indexOf(words, at);
        expect(at, words).to.not.equal(-1);
      }
    }
  });

  it('keep their order behind one heading, and behind each other', async () => {
    const { markdown } = await renderWriteUp(
      added({
        sections: [
          { heading: 'First', after: 'Denying access', text: 'a' },
          { heading: 'Second', after: 'DENYING ACCESS ', text: 'b' },
          { heading: 'Within', after: 'First', text: 'c' },
          { heading: 'Nowhere', after: 'No such heading', text: 'd' },
        ],
      }),
    );
    const headings = [...markdown.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const from = headings.indexOf('Denying access');
    expect(headings.slice(from, from + 5)).to.deep.equal([
      'Denying access',
      'First',
      'Within',
      'Second',
      'EXTRA: Granting access',
    ]);
    expect(headings.at(-2)).to.equal('Nowhere');
  });

  it('have their pictures in the page, and beside the Markdown', async () => {
    const { markdown, html, files } = await renderWriteUp(sampleResult(), { pictures });
    const address = `data:image/png;base64,${Buffer.from(redDot.bytes).toString('base64')}`;
    expect(
      imagesOf(html).map(({ attributes }) => [attributes.get('src'), attributes.get('alt')]),
    ).to.deep.equal([
      [address, 'Where it began'],
      [address, 'The console says Access denied'],
    ]);
    const images = flatten(parseMarkdown(markdown)).filter(({ type }) => type === 'image');
    expect(images.map((image) => [image.attrGet('src'), image.content])).to.deep.equal([
      ['report-files/picture-1.png', 'Where it began'],
      ['report-files/picture-1.png', 'The console says Access denied'],
    ]);
    const written = files.filter(({ path }) => path.endsWith('.png'));
    expect(written).to.deep.equal([{ path: 'report-files/picture-1.png', content: redDot.bytes }]);
  });

  it('never share a file name between pictures', async () => {
    const answers = ['a/x.png', 'b/x.png', 'x.png'];
    const result = added({ opening: answers.map((path) => `![${path}](${path})`).join('\n\n') });
    expect(picturesOf(result)).to.deep.equal(answers);
    const { files } = await renderWriteUp(result, {
      pictures: new Map(answers.map((path) => [path, { ...redDot, type: 'jpeg' as const }])),
    });
    const paths = files.map(({ path }) => path);
    expect(new Set(paths).size).to.equal(paths.length);
    expect(paths.filter((path) => path.endsWith('.jpg'))).to.have.length(3);
  });

  it('keep the words of a picture that is not there', async () => {
    const { markdown, html, files } = await renderWriteUp(sampleResult());
    expect(imagesOf(html)).to.deep.equal([]);
    expect(markdown).to.include('Where it began').and.not.include('picture-');
    expect(html).to.include('Where it began');
    expect(files.every(({ path }) => path.endsWith('.svg'))).to.equal(true);
  });

  it('name as local pictures only what is one', () => {
    const opening = [
      '![a](https://example.com/a.png)',
      '![b](data:image/png;base64,AA==)',
      '![c](javascript:alert(1))',
      '![d](/etc/passwd)',
      '![e](file:///etc/passwd)',
      '![f](//example.com/f.png)',
      '![g](#g)',
      '![h](<a picture.png>)',
      '![i](r%C3%A9sum%C3%A9.png)',
      '![j](../up.png)',
      '![k](C:\\\\k.png)',
    ].join('\n\n');
    const result = sampleResult({ questions: [], additions: { opening, sections: [], screenshots: [] } });
    expect(picturesOf(result)).to.deep.equal(['a picture.png', 'résumé.png', '../up.png']);
  });

  it('show remote pictures as links in the page, and as they were written in Markdown', async () => {
    const result = added({ opening: '![Far away](https://example.com/a.png)' });
    const { markdown, html } = await renderWriteUp(result);
    expect(imagesOf(html)).to.deep.equal([]);
    expect(html).to.match(/<a href="https:\/\/example\.com\/a\.png"[^>]*>Picture: Far away<\/a>/);
    expect(markdown).to.include('![Far away](https://example.com/a.png)');
  });

  it('are in the page that is rendered by itself', async () => {
    const { html } = await renderWriteUp(sampleResult(), { pictures });
    expect(await renderWriteUpPage(sampleResult(), { pictures })).to.equal(html);
  });
});
