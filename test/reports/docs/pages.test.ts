/** The generated documents as pages in a browser, and as Markdown with text that means harm. */
import { expect } from 'chai';
import MarkdownIt from 'markdown-it';
import type { BrowserContextOptions } from 'playwright-core';
import { registry } from '../../../checks/registry.ts';
import { checkReferenceOf } from '../../../cli/docs/check-reference-of.ts';
import { handoutOf } from '../../../cli/docs/handout-of.ts';
import { instructorGuideOf } from '../../../cli/docs/instructor-guide-of.ts';
import { renderCheckReference } from '../../../reports/docs/check-reference.ts';
import { generatedFile } from '../../../reports/docs/generated.ts';
import { renderHandout } from '../../../reports/docs/handout.ts';
import { renderInstructorGuide } from '../../../reports/docs/instructor-guide.ts';
import { renderPage } from '../../../reports/docs/page.ts';
import { renderSiteIndex } from '../../../reports/docs/site-index.ts';
import { labFolders, readLab } from '../../support/labs.ts';
import { hostileTexts } from '../hostile-text.ts';
import { expectAccessible, expectHarmless, overflow, pageBrowser } from '../page-browser.ts';
import { guideFilledWith, sampleGuide } from '../sample-guide.ts';
import { sampleInstructorGuide } from './sample-instructor-guide.ts';

const labs = await Promise.all(labFolders.map(readLab));
const links = { index: '../index.md', checks: '../checks.md', instructor: 'sample-instructor.md' };
const reference = checkReferenceOf(
  registry,
  labs.map(({ lab }) => lab),
);
const sites = { labPage: (id: string) => `labs/${id}.md`, checks: 'checks.md' };
const index = {
  labs: [
    { id: 'sample', title: 'A Sample Lab', about: 'What it *teaches*.', stages: ['Make a key'], points: 10 },
  ],
};

/** A document of each kind, by what it is. */
const documents: Readonly<Record<string, () => Promise<string>>> = {
  'a handout': () => renderHandout(sampleGuide(), links),
  "an instructor's guide": () => renderInstructorGuide(sampleInstructorGuide, { handout: 'sample.md' }),
  'the reference of checks': () => renderCheckReference(reference, { labPage: sites.labPage }),
  'the index of a site': () => renderSiteIndex(index, sites),
};

/** Every text filled with another; ids are words by the schema of a lab. */
function filled<Value>(value: Value, text: string): Value {
  const fixed = new Set(['id', 'check', 'caughtBy', 'language', 'accepts', 'basis']);
  const fill = (one: unknown, name: string): unknown => {
    if (typeof one === 'string') return fixed.has(name) ? one : `${one}\n\n${text}`;
    if (Array.isArray(one)) return one.map((item) => fill(item, name));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, fill(member, key)]));
  };
  return fill(value, '') as Value;
}

describe('the pages of generated documents', function () {
  this.timeout(120_000);
  const openHtml = pageBrowser();
  const open = async (markdown: string, options: BrowserContextOptions) =>
    openHtml(await renderPage(markdown), options);

  for (const [what, render] of Object.entries(documents)) {
    it(`have no accessibility fault in ${what}, in light and dark, narrow and wide`, async () => {
      for (const [colorScheme, width] of [
        ['light', 1280],
        ['dark', 360],
      ] as const) {
        const viewport = { width, height: 900 };
        const { page } = await open(await render(), { colorScheme, viewport, bypassCSP: true });
        await page.locator('details').evaluateAll((all) => {
          for (const one of all) one.setAttribute('open', '');
        });
        await expectAccessible(page);
        expect(await overflow(page)).to.equal(0);
        await page.close();
      }
    });
  }

  for (const { lab, proof } of labs) {
    it(`show the lab ${lab.id} within the window, to learners and to instructors`, async () => {
      const texts = [
        await renderHandout(handoutOf(lab)),
        await renderInstructorGuide(instructorGuideOf(lab, proof)),
      ];
      for (const text of texts) {
        expect(text.replace(/```[\s\S]*?```/g, '')).to.not.include('undefined');
        for (const width of [360, 1280]) {
          const { page, complaints } = await open(text, { viewport: { width, height: 900 } });
          expect(await overflow(page)).to.equal(0);
          expect(complaints).to.deep.equal([]);
          for (const [number, { title }] of lab.stages.entries())
            expect(await page.locator('h2', { hasText: `${number + 1}. ${title}` }).count()).to.equal(1);
          await page.close();
        }
      }
    });
  }

  it('do nothing that hostile text asks for', async () => {
    const text = Object.values(hostileTexts).join('\n\n');
    const hostile = [
      await renderHandout(guideFilledWith(text), links),
      await renderInstructorGuide(filled(sampleInstructorGuide, text)),
      await renderCheckReference(filled({ checks: reference.checks.slice(0, 3) }, text)),
      await renderSiteIndex(filled(index, text), sites),
    ];
    for (const markdown of hostile) {
      const opened = await open(markdown, { viewport: { width: 360, height: 900 } });
      await expectHarmless(opened);
      const addresses = await opened.page
        .locator('main a')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      const allowed = /^(?:https?:\/\/|mailto:|#|(?:\.\.\/)?(?:labs\/)?(?:index|checks|sample)[\w-]*\.html)/;
      expect(addresses.filter((address) => !allowed.test(address))).to.deep.equal([]);
      await opened.page.close();
    }
  });

  it('print on A4 without cutting anything off', async () => {
    for (const render of Object.values(documents)) {
      const { page } = await open(await render(), { viewport: { width: 665, height: 980 } });
      await page.emulateMedia({ media: 'print' });
      expect(await overflow(page)).to.equal(0);
      expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).to.equal('%PDF-');
      await page.close();
    }
  });
});

describe('the Markdown of generated documents', () => {
  /** As GitHub and builders of sites read it. */
  const withHtml = new MarkdownIt({ html: true });

  it('keeps each hostile text where it stands: no heading, table or comment of ours is lost', async () => {
    for (const [name, text] of Object.entries(hostileTexts)) {
      const markdown = await renderInstructorGuide(filled(sampleInstructorGuide, text));
      const prose = markdown.replace(/^(?:> )?(`{3,})[^`\n]*\n[\s\S]*?^(?:> )?\1$/gm, '');
      expect(prose.match(/^# /gm), name).to.have.length(1);
      expect(prose, name).to.match(/^## Marking scheme$/m);
      expect(prose, name).to.match(/^## Questions about the whole lab$/m);
      const tokens = withHtml.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
      const raw = tokens.filter(({ type }) => type.startsWith('html_')).map(({ content }) => content);
      expect(raw, name).to.deep.equal([]);
    }
  });

  it('holds no HTML in a block of code that MkDocs would not take for one', () => {
    const item = '```sh\ncat <<X\n<b onclick=x>\n\n  `$(a)`\n```';
    const under = (prefix: string) => item.replace(/^(?=.)/gm, prefix);
    const text = `# A\n\n${under('> ')}\n\n- ${under('  ').trimStart()}\n\n1. words\n\n${under('   ')}\n\n${item}`;
    const file = generatedFile(text, 'labwright docs a');
    const tokens = withHtml.parse(file, {}).flatMap((token) => [token, ...(token.children ?? [])]);
    expect(tokens.filter(({ type }) => type === 'fence')).to.have.length(1);
    const code = tokens.filter(({ type }) => type === 'code_inline').map(({ content }) => content.trim());
    expect(code).to.deep.equal(Array(3).fill(['cat <<X', '<b onclick=x>', '`$(a)`']).flat());
    const harmless = '- ```sh\n  aws kms list-keys\n  ```';
    expect(generatedFile(`# A\n\n${harmless}`, 'labwright docs a')).to.include(harmless);
  });

  it('leaves nothing for GitHub Pages to carry out', () => {
    const file = generatedFile(
      '# A\n\n{{ site.title }} {% endraw %}{% include x %}{%- endraw -%}',
      'labwright docs a',
    );
    expect(file.match(/\{%-?\s*endraw/g)).to.have.length(1);
    expect(file).to.match(/^<!-- Generated by `labwright docs a`[^\n]*-->\n\n<!-- \{% raw %\} -->\n/);
    expect(file).to.match(/\n<!-- \{% endraw %\} -->\n$/);
    expect(generatedFile('# A', 'labwright docs a')).to.not.include('raw');
  });
});
