/** The write-up's page in a browser. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { renderWriteUp } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';
import { chromiumPath } from '../support/requires.ts';
import { resultFilledWith } from './hostile-result.ts';
import { hostileTexts } from './hostile-text.ts';
import { sampleResult } from './sample-result.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe("the write-up's page", function () {
  this.timeout(120_000);
  let browser: Browser;
  let folder: string;

  before(async function () {
    const executablePath = chromiumPath.call(this);
    folder = await mkdtemp(join(tmpdir(), 'labwright-page-'));
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
  });

  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Opens the result's page as a file, as a learner would, and lists what a page must not do. */
  async function open(
    result: Result,
    options: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }> {
    const file = join(folder, 'report.html');
    await writeFile(file, (await renderWriteUp(result)).html);
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    return { page, complaints };
  }

  /** How far content reaches beyond the window, in pixels. */
  function overflow(page: Page): Promise<number> {
    return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      it(`has no accessibility fault in ${colorScheme} at ${width} px`, async () => {
        const viewport = { width, height: 900 };
        const { page } = await open(sampleResult(), { colorScheme, viewport, bypassCSP: true });
        await page.addScriptTag({ content: await readFile(axePath, 'utf8') });
        const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
        const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        expect(faults).to.deep.equal([]);
        expect(passes.map(({ id }) => id)).to.include.members([
          'color-contrast',
          'landmark-one-main',
          'heading-order',
        ]);
        await page.close();
      });

      it(`stays within its window and keeps to itself in ${colorScheme} at ${width} px`, async () => {
        const { page, complaints } = await open(sampleResult(), {
          colorScheme,
          viewport: { width, height: 900 },
        });
        expect(await overflow(page)).to.equal(0);
        expect(complaints).to.deep.equal([]);
        await page.close();
      });
    }
  }

  it('is styled by its own style sheet and by nothing else', async () => {
    const { page } = await open(sampleResult(), {});
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".findings")).listStyleType'),
    ).to.equal('none');
    expect(await page.evaluate('document.styleSheets.length')).to.equal(1);
    await page.close();
  });

  it('holds words without end in a narrow window', async () => {
    const result = resultFilledWith('W'.repeat(20_000), 'append');
    for (const width of [360, 1280]) {
      const { page, complaints } = await open(result, { viewport: { width, height: 900 } });
      expect(await overflow(page)).to.equal(0);
      expect(complaints).to.deep.equal([]);
      await page.close();
    }
  });

  it('does nothing that hostile text asks for', async () => {
    const text = Object.values(hostileTexts).join('\n\n');
    for (const way of ['append', 'replace'] as const) {
      const { page, complaints } = await open(resultFilledWith(text, way), {
        viewport: { width: 360, height: 900 },
      });
      expect(complaints).to.deep.equal([]);
      expect(await overflow(page)).to.equal(0);
      expect(
        await page.locator('script, iframe, form, [onerror], [onload], [onclick], [onmouseover]').count(),
      ).to.equal(0);
      expect(await page.locator('h1').count()).to.equal(1);
      expect(await page.locator('h2').last().textContent()).to.equal('How this was verified');
      await page.close();
    }
  });

  it('keeps right-to-left names from turning the text around them', async () => {
    const { page } = await open(sampleResult({ author: 'עדה' }), {});
    const direction = await page.evaluate(
      'getComputedStyle(document.querySelector(".byline bdi")).direction + " " + getComputedStyle(document.querySelector(".byline dt")).direction',
    );
    expect(direction).to.equal('rtl ltr');
    await page.close();
  });

  it('prints on A4 without cutting anything off', async () => {
    const { page } = await open(sampleResult(), { viewport: { width: 665, height: 980 } });
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).to.equal(0);
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).to.equal('%PDF-');
    await page.close();
  });
});
