/** Templates of somebody's own in place of Labwright's. */
import { expect } from 'chai';
import { TemplateError } from '../../reports/templates.ts';
import { renderWriteUp } from '../../reports/write-up.ts';
import { sampleResult } from './sample-result.ts';

const render = (sources: Readonly<Record<string, string>>) =>
  renderWriteUp(sampleResult(), { templates: new Map(Object.entries(sources)) });

async function fault(sources: Readonly<Record<string, string>>): Promise<TemplateError> {
  try {
    await render(sources);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('It was rendered.');
}

describe("templates of one's own", () => {
  it('stand in for ours by name, and all others stay', async () => {
    const ours = await renderWriteUp(sampleResult());
    const { markdown, html } = await render({
      'partials/md/scoreboard.hbs': 'SCORE {{points}} of {{max}}\n',
      'write-up.css': 'body { color: teal }',
    });
    expect(markdown).to.include('SCORE 75 of 105').and.not.include('| **Total** |');
    expect(markdown).to.include('## How this was verified');
    expect(html).to.include('<style>body { color: teal }</style>').and.include('class="scoreboard"');
    // The page says which style sheet it has, and runs no other.
    expect(/sha256-[^']+/.exec(html)?.[0]).to.not.equal(/sha256-[^']+/.exec(ours.html)?.[0]);
    expect((await renderWriteUp(sampleResult())).markdown).to.equal(ours.markdown);
  });

  it('may bring partials of their own, and show any figure as a drawing', async () => {
    const { html, markdown } = await render({
      'partials/html/key-card.hbs': '{{> signature}}{{figure this}}',
      'partials/html/signature.hbs': '<p>Signed</p>\n',
      'write-up.md.hbs':
        '# {{text title}}\n{{#each sections}}{{#if figures.policy}}{{figure figures.policy}}{{/if}}{{/each}}\n',
    });
    expect(html).to.match(/<p>Signed<\/p><div class="drawing"><svg class="wide"/);
    expect(markdown).to.match(/^# Encrypt Data with AWS KMS\n<picture>.*figure-policy\.svg.*<\/picture>\n$/);
  });

  it('are told with file and line where they cannot be read', async () => {
    const broken = await fault({ 'partials/html/section.hbs': '<p>\n\n{{#if heading}}\n</p>\n' });
    expect([broken.path, broken.line]).to.deep.equal(['partials/html/section.hbs', 4]);
    expect(broken.message).to.not.match(/\n|Error:/);
    expect(await fault({ 'write-up.md.hbs': 'a\n{{> no-such}}' })).to.include({ path: 'write-up.md.hbs' });
  });

  it('are told with file and line where they ask for what is not there', async () => {
    for (const [text, word] of [
      ['x\n{{text titel}}\n', '"text"'],
      ['x\n{{titel}}\n', '"titel"'],
      ['x\n{{> titel}}\n', '"titel"'],
    ] as const) {
      const error = await fault({ 'partials/md/finding.hbs': text });
      expect([error.path, error.line], text).to.deep.equal(['partials/md/finding.hbs', 2]);
      expect(error.message).to.include(word);
    }
  });

  it('reach nothing but the view', async () => {
    for (const expression of [
      '{{constructor.name}}',
      '{{title.constructor}}',
      '{{lookup this "constructor"}}',
      '{{__proto__.toString}}',
      '{{#with (lookup title "constructor")}}{{name}}{{/with}}',
      '{{log "x"}}',
    ]) {
      const shown = await render({ 'write-up.md.hbs': `<${expression}>` }).then(
        ({ markdown }) => markdown,
        (error: unknown) => (error instanceof TemplateError ? '<>' : String(error)),
      );
      expect(shown, expression).to.equal('<>');
    }
  });

  it('escape in the page what they show', async () => {
    const result = sampleResult({ author: '<script>alert(1)</script>' });
    const { html } = await renderWriteUp(result, {
      templates: new Map([['write-up.html.hbs', '<p>{{author}}</p>']]),
    });
    expect(html).to.equal('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  });

  it('cannot end the style sheet', async () => {
    const error = await fault({ 'write-up.css': 'p {} </STYLE><script>' });
    expect(error.path).to.equal('write-up.css');
  });
});
