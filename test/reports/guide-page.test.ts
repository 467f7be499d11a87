/** The guide's page in a browser. */
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { guideOf } from '../../cli/labs/guide-of.ts';
import { renderGuide } from '../../reports/guide.ts';
import type { Guide } from '../../reports/guide-content.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { hostileTexts } from './hostile-text.ts';
import { expectAccessible, expectHarmless, overflow, pageBrowser } from './page-browser.ts';
import { guideFilledWith, sampleGuide } from './sample-guide.ts';

describe("the guide's page", function () {
  this.timeout(120_000);
  const openHtml = pageBrowser();
  const open = async (guide: Guide, options: BrowserContextOptions) =>
    openHtml(await renderGuide(guide), options);

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      it(`has no accessibility fault in ${colorScheme} at ${width} px`, async () => {
        const viewport = { width, height: 900 };
        const { page } = await open(sampleGuide(), { colorScheme, viewport, bypassCSP: true });
        await expectAccessible(page);
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
      const opened = await open(guide, { viewport: { width, height: 900 } });
      const { page } = opened;
      await expectHarmless(opened);
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
