/**
 * The gradebook's page in Chromium: until it is painted, and what a sort, a filter and a search take of the page's main thread, until the
 * frame that shows the outcome has been made. It is opened as a file, as an instructor would.
 *
 *     npm run bench -- gradebook-page --learners 1000
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { renderGradebook } from '../reports/gradebook/page.ts';
import { sampleClass } from '../test/reports/gradebook/sample-class.ts';
import { median, printTable } from './measure.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '7' },
  },
  allowPositionals: true,
});
const [learners, rounds] = [Number(values.learners), Number(values.rounds)];
const executablePath = process.env.LABWRIGHT_CHROMIUM ?? '/usr/bin/chromium';

/** What somebody does with the page, as an expression for it. */
const deeds = {
  'sort by points': 'document.querySelectorAll("#heat th button")[2].click()',
  'sort by name': 'document.querySelectorAll("#heat th button")[0].click()',
  'sort by a check': 'document.querySelectorAll("#heat th button")[8].click()',
  'show what is wrong': choose('show', 'fail'),
  'show everybody': choose('show', ''),
  'find one learner': choose('find', 's0500'),
  'find nobody in particular': choose('find', ''),
};

const folder = mkdtempSync(join(tmpdir(), 'labwright-bench-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const began = performance.now();
  const html = await renderGradebook(sampleClass(learners));
  const renderedMs = performance.now() - began;
  const file = join(folder, 'gradebook.html');
  writeFileSync(file, html);
  const times = new Map<string, number[]>();
  const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms]);
  for (let round = 0; round <= rounds; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    const opened = Number(await page.evaluate(afterFrame('performance.now()')));
    const elements = Number(await page.evaluate('document.getElementsByTagName("*").length'));
    const opening = [
      ['open: until the frame after it is loaded', opened],
      ['open: main thread', await mainThreadMs(session)],
    ] as const;
    const done: [string, number][] = [];
    for (const [deed, expression] of Object.entries(deeds))
      done.push([deed, await mainThreadOf(page, session, expression)]);
    const printing = performance.now();
    await page.pdf({ preferCSSPageSize: true });
    const printed = performance.now() - printing;
    await page.close();
    // The first finds nothing warm.
    if (round === 0) {
      console.log(
        `${learners} learners: ${(statSync(file).size / 1e6).toFixed(1)} MB in ${renderedMs.toFixed(0)} ms, ${elements} elements`,
      );
      continue;
    }
    for (const [what, ms] of [...opening, ...done, ['print as PDF, the whole', printed] as const])
      note(what, ms);
  }
  printTable(`The gradebook's page with ${learners} learners, ${rounds} times`, [
    ['', 'median', 'most'],
    ...[...times].map(([what, all]) => [
      what,
      `${median(all).toFixed(0)} ms`,
      `${Math.max(...all).toFixed(0)} ms`,
    ]),
  ]);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

function choose(id: string, value: string): string {
  return `(() => {
    const field = document.getElementById('${id}');
    field.value = '${value}';
    field.dispatchEvent(new Event(field.tagName === 'INPUT' ? 'input' : 'change'));
  })()`;
}

/** A promise of the value, once the frame after the next has begun: all that the next one shows is laid out and painted then. */
function afterFrame(value: string): string {
  return `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(${value}))))`;
}

/** Milliseconds that the page's main thread was at work since it was opened. */
async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

async function mainThreadOf(page: Page, session: CDPSession, expression: string): Promise<number> {
  const before = await mainThreadMs(session);
  await page.evaluate(`(() => { ${expression}; return ${afterFrame('undefined')}; })()`);
  return (await mainThreadMs(session)) - before;
}
