/** The write-up's page in a browser. */
import { expect } from 'chai';
import type { BrowserContextOptions } from 'playwright-core';
import { renderWriteUp } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';
import { resultFilledWith } from './hostile-result.ts';
import { hostileTexts } from './hostile-text.ts';
import { expectAccessible, expectHarmless, overflow, pageBrowser } from './page-browser.ts';
import { redDot } from './sample-picture.ts';
import { picturePath, sampleResult } from './sample-result.ts';

describe("the write-up's page", function () {
  this.timeout(120_000);
  const openHtml = pageBrowser();
  const pictures = new Map([[picturePath, redDot]]);
  const open = async (result: Result, options: BrowserContextOptions) =>
    openHtml((await renderWriteUp(result, { pictures })).html, options);

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

  it('shows the pictures that it holds, and of each drawing the one for its width', async () => {
    for (const [width, wide, narrow] of [
      [390, 0, 1],
      [1280, 1, 0],
    ] as const) {
      const { page, complaints } = await open(sampleResult(), { viewport: { width, height: 900 } });
      expect(await page.locator('.architecture svg.wide:visible').count()).to.equal(wide);
      expect(await page.locator('.architecture svg.narrow:visible').count()).to.equal(narrow);
      expect(
        await page.evaluate('[...document.images].map((image) => image.complete && image.naturalWidth)'),
      ).to.deep.equal([1, 1]);
      expect(await overflow(page)).to.equal(0);
      expect(complaints).to.deep.equal([]);
      await page.close();
    }
  });

  it('shows wide items whole, each attribute with its name, and nothing to be scrolled to', async () => {
    const ciphertext = `${'q83vEjRWeJA'.repeat(18)}==`;
    const whole: Record<string, Record<string, string>> = {
      id: { S: '1' },
      ciphertext: { B: ciphertext },
      iv: { B: 'q83vEjRWeJCrze8SNFZ4kA==' },
      data_key: { B: ciphertext },
      mac: { B: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=' },
    };
    const output = { Items: [whole, { id: { S: '2' } }] };
    const result = sampleResult();
    const withItems = {
      ...result,
      stages: result.stages.map((stage) => ({
        ...stage,
        checks: stage.checks.map((one) => ({
          ...one,
          evidence: one.evidence.map((call) => (call.call === 'dynamodb:Scan' ? { ...call, output } : call)),
        })),
      })),
    };
    for (const [width, wide] of [
      [390, true],
      [1280, true],
      [390, false],
      [1280, false],
    ] as const) {
      const options = { viewport: { width, height: 900 }, bypassCSP: true };
      const { page } = await open(wide ? withItems : result, options);
      const figure = page.locator('figure.items').first();
      const cutOff = await page.evaluate(
        '[...document.querySelectorAll("figure.items, figure.items *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline").length',
      );
      expect(cutOff, `${width} px, ${wide ? 'wide' : 'narrow'} items`).to.equal(0);
      expect(await figure.locator('table').count()).to.equal(wide ? 0 : 1);
      if (wide) {
        const [first, second] = await figure.locator('li').all();
        expect(await first?.locator('dt').allTextContents()).to.deep.equal(Object.keys(whole));
        expect(await second?.locator('dt').allTextContents()).to.deep.equal(['id']);
        expect(await first?.locator('dd').nth(1).textContent()).to.equal(`binary ${ciphertext}`);
        await expectAccessible(page);
      }
      await page.close();
    }
  });

  it('says in words what a drawing shows', async () => {
    const { page } = await open(sampleResult(), {});
    const drawing = page.getByRole('img', { name: /^What this lab builds: \d of 7 proven/ });
    expect(await drawing.count()).to.equal(1);
    await page.close();
  });

  it('stands in a frame that allows nothing', async () => {
    const { html } = await renderWriteUp(sampleResult(), { pictures });
    const framed = `<!doctype html><title>t</title><iframe sandbox="" srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    const { page, complaints } = await openHtml(framed, {});
    expect(await page.frameLocator('iframe').locator('h1').textContent()).to.include('Encrypt Data');
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

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
