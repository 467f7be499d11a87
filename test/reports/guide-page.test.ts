/** The guide's page in a browser. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { guideOf } from '../../cli/guide-of.ts';
import { type Guide, renderGuide } from '../../reports/guide.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { chromiumPath } from '../support/requires.ts';
import { hostileTexts } from './hostile-text.ts';
import { guideFilledWith, sampleGuide } from './sample-guide.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe("the guide's page", function () {
  this.timeout(120_000);
  let browser: Browser;
  let folder: string;

  before(async function () {
    const executablePath = chromiumPath.call(this);
    folder = await mkdtemp(join(tmpdir(), 'labwright-guide-'));
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
  });

  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Opens the page as a file, as a learner would, and lists what a page must not do. */
  async function open(
    guide: Guide,
    options: BrowserContextOptions,
  ): Promise<{ page: Page; complaints: string[] }> {
    const file = join(folder, 'guide.html');
    await writeFile(file, await renderGuide(guide));
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
        const { page } = await open(sampleGuide(), { colorScheme, viewport, bypassCSP: true });
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
    }
  }

  it('shows the first lab, and stays within its window and to itself', async () => {
    const { lab } = await readLab(firstLab);
    const guide = guideOf({ lab, settings: { table: 'notes' }, attempts: [], answers: {} });
    for (const width of [360, 1280]) {
      const { page, complaints } = await open(guide, { viewport: { width, height: 900 } });
      expect(await overflow(page)).to.equal(0);
      expect(complaints).to.deep.equal([]);
      expect(await page.locator('h2').allTextContents()).to.include.members([
        '1. Create a KMS key',
        '7. Clean up',
        'What it costs, and how to end it',
      ]);
      expect(await page.locator('.contents a[aria-current]').textContent()).to.equal('Create a KMS key');
      expect(
        await page.locator('pre', { hasText: 'aws dynamodb scan --table-name notes' }).count(),
      ).to.be.above(0);
      expect(await page.locator('body').textContent()).to.not.include('${');
      await page.close();
    }
  });

  it('does nothing that hostile text asks for', async () => {
    const guide = guideFilledWith(Object.values(hostileTexts).join('\n\n'));
    for (const width of [360, 1280]) {
      const { page, complaints } = await open(guide, { viewport: { width, height: 900 } });
      expect(complaints).to.deep.equal([]);
      expect(await overflow(page)).to.equal(0);
      expect(
        await page.locator('script, iframe, form, [onerror], [onload], [onclick], [onmouseover]').count(),
      ).to.equal(0);
      expect(await page.locator('h1').count()).to.equal(1);
      await page.close();
    }
  });

  it('prints on A4 without cutting anything off', async () => {
    const { page } = await open(sampleGuide(), { viewport: { width: 665, height: 980 } });
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).to.equal(0);
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).to.equal('%PDF-');
    await page.close();
  });
});
