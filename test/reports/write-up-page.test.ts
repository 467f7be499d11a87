/** The write-up's page in a browser. */
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { renderWriteUp } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';
import { resultFilledWith } from './hostile-result.ts';
import { hostileTexts } from './hostile-text.ts';
import { expectAccessible, expectHarmless, overflow, pageBrowser } from './page-browser.ts';
import { sampleResult } from './sample-result.ts';

describe("the write-up's page", function () {
  this.timeout(120_000);
  const openHtml = pageBrowser();
  const open = async (result: Result, options: BrowserContextOptions) =>
    openHtml((await renderWriteUp(result)).html, options);

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      it(`has no accessibility fault in ${colorScheme} at ${width} px`, async () => {
        const viewport = { width, height: 900 };
        const { page } = await open(sampleResult(), { colorScheme, viewport, bypassCSP: true });
        await expectAccessible(page);
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
      const opened = await open(resultFilledWith(text, way), {
        viewport: { width: 360, height: 900 },
      });
      const { page } = opened;
      await expectHarmless(opened);
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
