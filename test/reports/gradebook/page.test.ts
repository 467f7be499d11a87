/** The gradebook's page in a browser. */
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { renderGradebook } from '../../../reports/gradebook/page.ts';
import type { ClassResult } from '../../../runner/class-result.ts';
import { hostileTexts } from '../hostile-text.ts';
import { expectAccessible, overflow, pageBrowser } from '../page-browser.ts';
import { classFilledWith, sampleClass } from './sample-class.ts';

describe("the gradebook's page", function () {
  this.timeout(120_000);
  const openHtml = pageBrowser();
  const open = async (result: ClassResult, options: BrowserContextOptions) =>
    openHtml(await renderGradebook(result), options);

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      it(`has no accessibility fault in ${colorScheme} at ${width} px`, async () => {
        const { page } = await open(sampleClass(30), {
          colorScheme,
          viewport: { width, height: 900 },
          bypassCSP: true,
        });
        await expectAccessible(page);
        expect(await overflow(page)).to.equal(0);
        await page.close();
      });
    }
  }

  it('has no accessibility fault where something is to be looked into, or judged by hand', async () => {
    const { page } = await open(classFilledWith('Plain text.', 4), { bypassCSP: true });
    expect(await page.locator('#look, #by-hand, a.look, td.hand').count()).to.be.above(4);
    await expectAccessible(page);
    await page.close();
  });

  it('shows a thousand learners, and runs its script under its own policy', async () => {
    const { page, complaints } = await open(sampleClass(1000), { viewport: { width: 1280, height: 900 } });
    expect(await page.locator('#shown').textContent()).to.equal('1000 learners');
    expect(await page.locator('#heat tbody tr').count()).to.equal(1000);
    // Names have their room beside all the verdicts.
    expect((await page.locator('#heat tbody th').first().boundingBox())?.width).to.be.above(200);
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it('has no accessibility fault with a thousand learners', async function () {
    // axe looks at each of some eighteen thousand cells.
    this.timeout(400_000);
    const { page } = await open(sampleClass(1000), { bypassCSP: true });
    await expectAccessible(page);
    await page.close();
  });

  it('tells the same numbers as the class result', async () => {
    const result = sampleClass(200);
    const { page } = await open(result, {});
    const without = result.learners.filter(({ points }) => points === null).length;
    const all = result.learners.filter(
      ({ checks }) => checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass'),
    ).length;
    const wrong = result.learners.filter(({ checks }) =>
      checks.some(({ verdict }) => verdict === 'fail'),
    ).length;
    const figures = await page.locator('.figures dd').allTextContents();
    expect([figures[0], figures[3], figures[4]?.split(' ')[0]]).to.deep.equal([
      '200',
      String(all),
      String(without),
    ]);
    expect(await page.locator('#mistakes').textContent()).to.equal(`${wrong} have something wrong`);
    const counts = await page.locator('.histogram .count').allTextContents();
    expect(counts.reduce((sum, text) => sum + Number(text), 0)).to.equal(200);
    const verdicts = result.learners
      .flatMap(({ checks }) => checks)
      .filter(({ verdict }) => verdict === 'fail');
    expect(await page.locator('#heat td.fail').count()).to.equal(verdicts.length);
    await page.close();
  });

  it('tells equal mistakes once, whatever names learners use, and apart from what could not be judged', async () => {
    const result = sampleClass(300);
    const { page } = await open(result, {});
    const missing = result.learners.filter(({ checks }) =>
      checks.some(({ message }) => message.startsWith('There is no user')),
    );
    const mistake = page
      .locator('section', { has: page.locator('#mistakes') })
      .locator('li', { hasText: 'There is no user ‹user›.' });
    expect(await mistake.count()).to.equal(1);
    expect(await mistake.locator('.cause-count').textContent()).to.equal(`${missing.length} learners`);
    const refused = page.locator('.unjudged li', {
      hasText: 'AWS refused iam:ListAttachedUserPolicies to ‹ARN›',
    });
    expect(await refused.count()).to.equal(1);
    expect(await refused.locator('.cause-check').textContent()).to.match(/, and \d more checks$/);
    expect(await page.locator('section', { has: page.locator('#mistakes') }).textContent()).to.not.include(
      'AWS refused',
    );
    await page.close();
  });

  it('sorts by a column, those who were not judged last either way', async () => {
    const result = sampleClass(80);
    const { page } = await open(result, {});
    const points = () =>
      page.evaluate(
        '[...document.querySelectorAll("#heat tbody tr")].map((row) => row.cells[2].dataset.value ?? null)',
      );
    const expected = result.learners.flatMap((one) => one.points ?? []).sort((a, b) => a - b);
    const open0 = result.learners.length - expected.length;
    const button = page.locator('#heat th', { hasText: 'Points' }).locator('button');
    await button.click();
    const up = (await points()) as (string | null)[];
    expect(up.slice(0, expected.length).map(Number)).to.deep.equal(expected);
    expect(up.slice(expected.length)).to.deep.equal(Array(open0).fill(null));
    expect(await page.locator('#heat th[aria-sort=ascending]').count()).to.equal(1);
    await button.click();
    const down = (await points()) as (string | null)[];
    expect(down.slice(0, expected.length).map(Number)).to.deep.equal([...expected].reverse());
    expect(down.slice(expected.length)).to.deep.equal(Array(open0).fill(null));
    await page.close();
  });

  it('finds learners, and filters by section and by what they have', async () => {
    const result = sampleClass(80);
    const { page } = await open(result, {});
    const shown = () => page.locator('#heat tbody tr:not([hidden])').count();
    await page.fill('#find', 's0007');
    expect(await shown()).to.equal(1);
    await page.fill('#find', '');
    await page.selectOption('#section', 'Tue');
    expect(await shown()).to.equal(result.learners.filter(({ section }) => section === 'Tue').length);
    await page.selectOption('#section', '');
    await page.selectOption('#show', 'fail');
    const wrong = result.learners.filter(({ checks }) =>
      checks.some(({ verdict }) => verdict === 'fail'),
    ).length;
    expect(await shown()).to.equal(wrong);
    expect(await page.locator('#shown').textContent()).to.equal(`${wrong} of 80 learners`);
    await page.close();
  });

  it('tells what is to be looked into, of the class and in the rows, without accusing', async () => {
    const result = sampleClass(20);
    const doubles = [
      {
        kind: 'one account',
        learners: ['s0003', 's0007'],
        message: 's0003 and s0007 were graded on one account, 111122223333.',
        shown: ['111122223333'],
      },
      {
        kind: 'copied evidence',
        learners: ['s0003', 's0009'],
        message: 's0003 and s0009 have 6 AWS requests in common.',
        shown: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'],
      },
    ];
    const { page } = await open({ ...result, doubles }, {});
    const part = page.locator('section', { has: page.locator('#look') });
    expect(await part.locator('li').count()).to.equal(2);
    const text = (await part.textContent()) ?? '';
    expect(text)
      .to.include('were graded on one account')
      .and.to.include('r4 and 2 more')
      .and.to.include('They may share it on purpose')
      .and.to.not.match(/cheat|fraud|plagiar|guilt|dishonest/i);
    const row = (id: string) => page.locator('#heat tbody tr', { hasText: id });
    expect(await row('s0003').locator('a.look').count()).to.equal(2);
    expect(await row('s0001').locator('a.look').count()).to.equal(0);
    const href = await row('s0009').locator('a.look').getAttribute('href');
    expect(await page.locator(href ?? '').textContent()).to.include('6 AWS requests in common');
    await page.selectOption('#show', 'look');
    expect(await page.locator('#shown').textContent()).to.equal('3 of 20 learners');
    await page.close();
    const without = await open(result, {});
    expect(await without.page.locator('#look, .look, option[value=look]').count()).to.equal(0);
    await without.page.close();
  });

  it('tells what an instructor judged beside what the checks said', async () => {
    const result = sampleClass(12, 3);
    const [first, ...others] = result.learners;
    const check = result.lab.stages[0]?.checks[0];
    if (!first || !check) throw new Error('The class is empty.');
    const checks = first.checks.map((one) =>
      one.id === check.id
        ? {
            ...one,
            verdict: 'pass' as const,
            points: check.max,
            message: 'Judged by R. Teacher: Seen in the lab hour.',
            override: {
              by: 'R. Teacher',
              reason: 'Seen in the lab hour.',
              judged: { verdict: 'fail' as const, points: 0, message: 'No key answers.' },
            },
          }
        : one,
    );
    const judgedByHand = { ...first, checks, override: { judged: { points: 12.5, unjudged: 0 } } };
    const { page } = await open({ ...result, learners: [judgedByHand, ...others] }, {});
    const part = page.locator('section', { has: page.locator('#by-hand') });
    const text = (await part.textContent()) ?? '';
    expect(text)
      .to.include(first.id)
      .and.to.include(`pass, ${check.max} points`)
      .and.to.include('R. Teacher')
      .and.to.include('Seen in the lab hour.')
      .and.to.include('fail, 0 points. No key answers.');
    expect(await page.locator('#heat td.hand').count()).to.equal(1);
    expect(await page.locator('#heat tbody tr').first().textContent()).to.include('judged 12.5');
    await page.selectOption('#show', 'hand');
    expect(await page.locator('#shown').textContent()).to.equal('1 of 12 learners');
    await page.close();
  });

  it('leaves rows that are not seen unrendered, and yet is a table to those who listen, and whole on paper', async () => {
    const { page } = await open(sampleClass(1000), {
      viewport: { width: 1280, height: 900 },
      bypassCSP: true,
    });
    const [first, last] = ['#heat tbody tr:first-child', '#heat tbody tr:last-child'];
    const seen = (row: string) =>
      `document.querySelector('${row} td:last-child').checkVisibility({ contentVisibilityAuto: true })`;
    await page.evaluate('document.querySelector("#heat").scrollIntoView()');
    await page.waitForFunction(seen(first));
    expect(await page.evaluate(seen(last)), 'the last row').to.equal(false);
    const left = (selector: string) =>
      page.evaluate(`Math.round(document.querySelector('${selector}').getBoundingClientRect().left)`);
    // Columns stand under their heads.
    for (const column of [1, 3, 6, 18])
      expect(await left(`#heat tbody tr:first-child > :nth-child(${column})`)).to.equal(
        await left(`#heat thead tr:last-child > :nth-child(${column})`),
      );
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const many = (role: string) => nodes.filter((node) => node.role?.value === role).length;
    expect(many('table')).to.equal(1);
    expect(many('columnheader')).to.be.at.least(18);
    expect(many('rowheader')).to.be.at.least(20);
    await page.evaluate(`document.querySelector('${last}').scrollIntoView()`);
    await page.waitForFunction(seen(last));
    await page.emulateMedia({ media: 'print' });
    await page.waitForFunction(seen('#heat tbody tr:nth-child(500)'));
    await page.close();
  });

  it('prints every learner, also those who were not seen before', async () => {
    const pages = async (size: number) => {
      const { page } = await open(sampleClass(size), { viewport: { width: 1280, height: 900 } });
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      await page.close();
      return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    };
    const [few, many] = [await pages(100), await pages(1000)];
    // Nine hundred rows more, of which a page takes at most a hundred.
    expect(many - few).to.be.at.least(9);
  });

  it('links to pages beside it, and to nothing else', async () => {
    const result = sampleClass(3, 4);
    const pages = ['learners/s0001.html', 'javascript:alert(1)', '../../etc/passwd'];
    const learners = result.learners.map((one, index) => ({ ...one, page: pages[index] as string }));
    const { page } = await open({ ...result, learners }, {});
    const hrefs = await page.evaluate(
      '[...document.querySelectorAll("#heat a")].map((link) => link.getAttribute("href"))',
    );
    expect(hrefs).to.deep.equal(['learners/s0001.html']);
    await page.close();
  });

  it('does nothing that hostile text asks for', async () => {
    const result = classFilledWith(Object.values(hostileTexts).join('\n\n'), 6);
    for (const width of [360, 1280]) {
      const { page, complaints } = await open(result, { viewport: { width, height: 900 } });
      expect(complaints).to.deep.equal([]);
      expect(await overflow(page)).to.equal(0);
      expect(await page.locator('script').count()).to.equal(1);
      const active = page.locator(
        'iframe, form, [onerror], [onload], [onclick], [onmouseover], [style], meta[http-equiv=refresh]',
      );
      expect(await active.count()).to.equal(0);
      expect(await page.locator('h1').count()).to.equal(1);
      expect(await page.locator('#shown').textContent()).to.equal('6 learners');
      await page.close();
    }
  });

  it('is whole without its script, and without learners', async () => {
    const { page } = await open(sampleClass(5), { javaScriptEnabled: false });
    expect(await page.locator('#heat tbody tr').count()).to.equal(5);
    expect(await page.locator('.controls').isVisible()).to.equal(false);
    await page.close();
    const empty = await open(sampleClass(0), {});
    expect(empty.complaints).to.deep.equal([]);
    expect(await empty.page.locator('.figures dd').first().textContent()).to.equal('0');
    await empty.page.close();
  });

  it('prints on A4 without cutting anything off', async () => {
    const { page } = await open(sampleClass(100), { viewport: { width: 665, height: 980 } });
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).to.equal(0);
    const cut = await page.evaluate(
      '(() => { const grid = document.querySelector(".grid"); return grid.scrollWidth - grid.clientWidth; })()',
    );
    expect(cut).to.equal(0);
    expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).to.equal('%PDF-');
    await page.close();
  });
});
