/** The page of `labwright serve` in a browser: the whole lab, done there and with the AWS SDK. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { planRun } from '../../../runner/plan.ts';
import { carryOut } from '../../../runner/proof/carry-out.ts';
import type { Proof } from '../../../runner/proof/schema.ts';
import { StateFolder } from '../../../runner/state/state-folder.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { expectAccessible, overflow } from '../../reports/page-browser.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { chromiumPath } from '../../support/requires.ts';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { type RunningServe, runServe } from '../../support/running-serve.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const answer = 'Encryption turns data into ciphertext that only somebody with the key can read again.';

describe('the page of labwright serve', function () {
  this.timeout(180_000);
  let browser: Browser;
  let lab: Lab;
  let proof: Proof;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let serve: RunningServe | undefined;
  let sandbox: RunningSandbox;

  before(async function () {
    const executablePath = chromiumPath.call(this);
    ({ lab, proof } = await readLab(firstLab));
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath, args });
  });
  after(() => browser?.close());
  beforeEach(async () => {
    folder = await temporaryFolder();
    // Not the one that somebody may have running where `--sandbox` looks.
    sandbox = await runSandbox();
    serve = await runServe([lab.id, '--sandbox', '--endpoint-url', sandbox.url], { cwd: folder.path });
  });
  afterEach(async () => {
    await serve?.stop();
    await sandbox.stop();
    await folder.remove();
  });

  /** What the page must not do: ask other hosts, complain, fail. */
  let complaints: string[] = [];
  async function open(options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
    const { url, origin } = serve as RunningServe;
    const mine: string[] = [];
    complaints = mine;
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:'))
        mine.push(`request: ${request.url()}`);
    });
    page.on('console', (message) => mine.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => mine.push(`error: ${error.message}`));
    await page.goto(`${url}${hash}`);
    await page.locator('.top-title', { hasText: /account \d{12}/ }).waitFor();
    return page;
  }
  const state = () => new StateFolder(join(folder.path, '.labwright', lab.id));
  const checked = (page: Page) => page.locator('#stop').waitFor({ state: 'hidden' });

  /** Does a stage as its author does, with the AWS SDK and what the page says to paste. */
  async function solve(page: Page, stage: string): Promise<void> {
    const settings = (await page.locator('#about pre').first().textContent()) ?? '';
    const value = (name: string) => new RegExp(`^export ${name}=(.+)$`, 'm').exec(settings)?.[1] ?? '';
    const caller = new AwsCaller({
      region: value('AWS_REGION'),
      endpoint: value('AWS_ENDPOINT_URL'),
      credentials: {
        accessKeyId: value('AWS_ACCESS_KEY_ID'),
        secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
      },
    });
    const { params } = planRun(lab, {});
    await carryOut({ steps: proof[stage]?.solution ?? [], caller, params, onCall: () => undefined });
    caller.close();
  }

  it('is where the whole lab is done', async () => {
    const page = await open();
    expect(page.url()).to.not.include('token');
    expect(await page.locator('.next').textContent()).to.include('Stage 1, Create a KMS key');
    await page.locator('.next a').click();
    await page.getByRole('heading', { name: '1. Create a KMS key' }).waitFor();

    await page.getByRole('button', { name: 'Check this stage' }).click();
    const stage = page.locator('#stage-key');
    await stage.locator('.finding-fail').waitFor();
    expect(await stage.locator('.finding-fail').textContent())
      .to.include('No key answers to alias/nextwork-kms-key')
      .and.to.include('What to do');
    await checked(page);

    await page.locator('#answer-what-is-encryption').fill(answer);
    await page.locator('#saved-what-is-encryption', { hasText: /^Saved$/ }).waitFor();
    expect(await state().answers()).to.deep.equal({ 'what-is-encryption': answer });
    expect(await stage.locator('.feedback').count()).to.be.above(0);
    const writeUp = page.frameLocator('#write-up');
    await writeUp.locator('p', { hasText: answer }).waitFor();

    for (const { id, title } of lab.stages) {
      await solve(page, id);
      await page.locator(`#to-stage-${id}`).click();
      await page.locator(`#stage-${id} [data-check]`).click();
      const passed = page.locator(`#findings-of-${id} .stage-score .verdict-pass`);
      // Asked once: what the user may do is looked at as soon as there is a user.
      const agree = page.locator('#agree');
      await agree.or(passed).first().waitFor();
      if (await agree.isVisible()) await agree.click();
      await passed.waitFor();
      await checked(page);
      expect(await page.locator('#announcer').textContent(), title).to.match(/^The check is done/);
    }
    expect(await page.locator('.score').textContent()).to.equal('100 of 100 points');
    expect(await page.locator('.next').textContent()).to.include('questions are still open');
    await writeUp.locator('.sum', { hasText: '100' }).waitFor();

    await page.locator('#tab-write-up').focus();
    await page.keyboard.press('ArrowRight');
    const calls = page.locator('#calls li');
    await calls.first().waitFor();
    expect(await calls.filter({ hasText: 'kms:CreateKey' }).count()).to.equal(1);
    expect(await calls.filter({ hasText: 'DynamoDB asked KMS for kms:Decrypt' }).count()).to.be.above(0);
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it('shows the same check in a second tab, and what is typed there', async () => {
    const [one, other] = [await open(), await open()];
    await one.locator('#check-all').click();
    await other.locator('#stop').waitFor();
    await other.locator('#stop').click();
    await checked(one);
    await checked(other);
    await one.locator('#to-stage-key').click();
    await other.locator('#to-stage-key').click();
    await one.locator('#answer-what-is-encryption').fill(answer);
    const there = other.locator('#answer-what-is-encryption');
    while ((await there.inputValue()) !== answer) await other.waitForTimeout(50);
    await one.close();
    await other.close();
  });

  it('keeps what was typed when the server is gone, and says so', async () => {
    const page = await open({}, '#whole');
    await serve?.stop();
    serve = undefined;
    await page.locator('#notice', { hasText: 'The server does not answer' }).waitFor();
    await page.locator('#answer-goal').fill('Not lost');
    await page.locator('#saved-goal', { hasText: 'What you typed stays in this page' }).waitFor();
    expect(await page.locator('#answer-goal').inputValue()).to.equal('Not lost');
    await page.close({ runBeforeUnload: false });
  });

  it('lets the learner decide between two answers', async () => {
    const page = await open({}, '#whole');

    await mkdir(state().path, { recursive: true });
    await writeFile(state().answersFile, 'goal: From my editor\n');
    await page.locator('#answer-goal').fill('From the page');
    await page.locator('.conflict', { hasText: 'From my editor' }).waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.locator('#saved-goal', { hasText: /^Saved$/ }).waitFor();
    expect(await state().answers()).to.deep.equal({ goal: 'From the page' });
    await page.close();
  });

  it('is at peace with hostile answers', async () => {
    const page = await open({}, '#whole');
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    await page.locator('#answer-goal').fill(Object.values(hostileTexts).join('\n\n'));
    await page.locator('#saved-goal', { hasText: /^Saved$/ }).waitFor();
    await page.frameLocator('#write-up').locator('text=reboot').or(page.locator('body')).first().waitFor();
    await page.reload();
    await page.locator('#answer-goal').waitFor();
    expect(await page.locator('h1').count()).to.equal(1);
    expect(await page.locator('#answer-goal').inputValue()).to.include('<script>alert(1)</script>');
    await page.waitForTimeout(500);
    expect(complaints).to.deep.equal([]);
    expect(await page.locator('body > script, [onerror], [onload]').count()).to.equal(0);
    await page.close();
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).to.equal('Skip to the work');
    await page.locator('#to-stage-table').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction("document.activeElement.id === 'title-table'");
    await page.locator('#stage-table [data-check]').focus();
    await page.keyboard.press('Enter');
    await page.locator('#stage-table .finding-fail').waitFor();
    await checked(page);
    expect(await page.evaluate('document.activeElement.dataset.check'), 'keeps its place').to.equal('table');
    // No place from which Tab does not lead on.
    const seen = new Set<unknown>();
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate('document.activeElement.outerHTML.slice(0, 200)'));
    }
    expect(seen.size).to.be.above(10);
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1440]) {
      it(`has no accessibility fault in ${colorScheme} at ${width} px`, async () => {
        const page = await open({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        await expectAccessible(page);
        await page.locator('#to-stage-key').click();
        await page.locator('#answer-what-is-encryption').fill('Key administrators can always decrypt. And');
        await page.locator('#stage-key [data-check]').click();
        await page.locator('#stage-key .finding-fail').waitFor();
        await checked(page);
        await page.locator('#stage-key .feedback').first().waitFor();
        await expectAccessible(page);
        expect(await overflow(page)).to.equal(0);
        await page.close();
      });
    }
  }
});
