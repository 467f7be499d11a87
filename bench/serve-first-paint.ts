/**
 * The page of `labwright serve`, from the request to its first paint, against an empty page that an empty Node server answers, in the
 * same Chromium. Taken in turns.
 *
 *     npm run build && npm run bench -- serve-first-paint
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { runServe } from '../test/support/running-serve.ts';
import { median, printTable } from './measure.ts';

const rounds = 15;
const executablePath = process.env.LABWRIGHT_CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));

const started = performance.now();
const serve = await runServe(['encrypt-data-with-kms', '--sandbox'], { cwd: folder });
const untilAddress = performance.now() - started;
const bare = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><title>Empty</title><p>Empty</p>');
}).listen(0, '127.0.0.1');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const times = { serve: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [page, empty] = [await firstPaint(browser, serve.url), await firstPaint(browser, bareUrl)];
    // The first of each finds nothing warm.
    if (round === 0) continue;
    times.serve.push(page);
    times.bare.push(empty);
  }
  const ratios = times.serve.map((ms, round) => ms / (times.bare[round] ?? Number.NaN));
  printTable(`First paint of the page of \`labwright serve\`, ${rounds} pairs`, [
    ['the page', 'an empty page', 'ratio (median of pairs)', 'from the command to its address'],
    [
      `${median(times.serve).toFixed(0)} ms`,
      `${median(times.bare).toFixed(0)} ms`,
      median(ratios).toFixed(1),
      `${untilAddress.toFixed(0)} ms`,
    ],
  ]);
} finally {
  await browser.close();
  bare.close();
  await serve.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds from the beginning of the navigation to the first content that is seen. */
async function firstPaint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const ms = await page.evaluate(`new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0]?.startTime))
      .observe({ type: 'paint', buffered: true });
  })`);
  await context.close();
  return Number(ms);
}
