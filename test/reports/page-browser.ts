/** A Chromium in which the tests of a page open documents as files, as a learner would. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/requires.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface OpenedPage {
  readonly page: Page;
  /** What a page must not do, as far as it was done: requests, messages, errors, dialogs. */
  readonly complaints: string[];
}

/** Opens a document. To be called in a suite: the browser is there while its tests run. */
export function pageBrowser(): (html: string, options: BrowserContextOptions) => Promise<OpenedPage> {
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

  return async (html, options) => {
    const file = join(folder, 'page.html');
    await writeFile(file, html);
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
  };
}

/** How far content reaches beyond the window, in pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Holds a page, opened with `bypassCSP`, against axe's rules. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.addScriptTag({ content: await readFile(axePath, 'utf8') });
  const { violations, passes } = (await page.evaluate(
    "axe.run({ resultTypes: ['violations'], selectors: false })",
  )) as AxeResults;
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(faults).to.deep.equal([]);
  expect(passes.map(({ id }) => id)).to.include.members([
    'color-contrast',
    'landmark-one-main',
    'heading-order',
  ]);
}

/** Nothing that text could have smuggled in. */
export async function expectHarmless({ page, complaints }: OpenedPage): Promise<void> {
  expect(complaints).to.deep.equal([]);
  expect(await overflow(page)).to.equal(0);
  const active = page.locator('script, iframe, form, [onerror], [onload], [onclick], [onmouseover]');
  expect(await active.count()).to.equal(0);
  expect(await page.locator('h1').count()).to.equal(1);
}
