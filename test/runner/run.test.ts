import { expect } from 'chai';
import { z } from 'zod';
import { CallError, type CallName } from '../../checks/call.ts';
import { type Check, defineCheck } from '../../checks/check.ts';
import type { Answer, Caller } from '../../runner/accounts/caller.ts';
import { parseLab } from '../../runner/lab/load-lab.ts';
import { planRun } from '../../runner/plan.ts';
import { noProber } from '../../runner/probe/prober.ts';
import type { CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';

/** An account that answers from a table of functions and remembers what it was asked. */
class FakeCaller implements Caller {
  readonly region = 'us-east-1';
  readonly asked: string[] = [];
  readonly #answers: Partial<Record<CallName, () => Record<string, unknown>>>;

  constructor(answers: Partial<Record<CallName, () => Record<string, unknown>>>) {
    this.#answers = answers;
  }

  async send(call: CallName): Promise<Answer> {
    this.asked.push(call);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = this.#answers[call];
    if (!answer)
      throw new CallError(call, { code: 'ResourceNotFoundException', message: 'not there', status: 400 });
    return { output: answer(), requestId: 'request-1' };
  }

  inRegion(): Caller {
    return this;
  }

  close(): void {}
}

const noParams = z.strictObject({});
const describes = (id: string, more: Partial<Check> = {}): Check => ({
  ...defineCheck({
    id,
    title: `The check ${id}`,
    calls: ['kms:DescribeKey'],
    params: z.strictObject({ needs: z.string().optional() }),
    outputs: z.object({ arn: z.string() }),
    async run({ account }) {
      const { KeyMetadata } = await account.call('kms:DescribeKey', { KeyId: 'alias/a' });
      return { message: 'There.', outputs: { arn: KeyMetadata?.Arn ?? '' } };
    },
  }),
  ...more,
});

/** Runs these checks as the stages of a lab; `needs` names the check whose output a check takes. */
async function run(
  checks: readonly { check: Check; needs?: string }[],
  caller: Caller,
): Promise<CheckResult[]> {
  const registry = new Map(checks.map(({ check }) => [check.id, check]));
  const stages = checks.map(
    ({ check, needs }, at) => `
  - id: s${at}
    title: Stage
    guide: Do it.
    checks:
      - check: ${check.id}
        as: c${at}
        points: 1
        hint: Do it.
        with: {${needs ? ` needs: "\${${needs}.arn}" ` : ''}}`,
  );
  const lab = parseLab(
    'lab.yaml',
    `id: test\ntitle: Test\nabout: Test.\nstages:${stages.join('')}\n`,
    registry,
  );
  const attempt = await runPlan({
    plan: planRun(lab, {}),
    caller,
    identity: { accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/owner' },
    kind: 'sandbox',
    prober: noProber,
    patienceMs: 0,
  });
  return Object.values(attempt.findings);
}

const thereIsAKey = { 'kms:DescribeKey': () => ({ KeyMetadata: { Arn: 'arn:key' } }) };

describe('a run', () => {
  it('asks equal reads once, also when they are asked at the same time', async () => {
    const caller = new FakeCaller(thereIsAKey);
    const findings = await run(
      [{ check: describes('a/a') }, { check: describes('a/b') }, { check: describes('a/c') }],
      caller,
    );
    expect(caller.asked).to.deep.equal(['kms:DescribeKey']);
    expect(findings.map((one) => one.verdict)).to.deep.equal(['pass', 'pass', 'pass']);
    for (const finding of findings) expect(finding.evidence).to.have.length(1);
  });

  it('refuses calls that a check did not declare, and nothing leaves the program', async () => {
    const caller = new FakeCaller(thereIsAKey);
    const sly = describes('a/sly', {
      async run({ account }) {
        await account.call('kms:DisableKey', { KeyId: 'alias/a' });
        return { message: 'Done.', outputs: { arn: '' } };
      },
    });
    const [finding] = await run([{ check: sly }], caller);
    expect(finding).to.include({ verdict: 'error', points: 0 });
    expect(finding?.message).to.include('kms:DisableKey').and.to.include('not declare');
    expect(caller.asked).to.deep.equal([]);
  });

  it('skips what depends on a check that did not pass, and says what it waits for', async () => {
    const caller = new FakeCaller({});
    const [first, second] = await run(
      [{ check: describes('a/a') }, { check: describes('a/b'), needs: 'c0' }],
      caller,
    );
    expect(first).to.include({ verdict: 'fail', hint: 'Do it.' });
    expect(second).to.include({ verdict: 'skip', points: 0 });
    expect(second?.message).to.equal('Waits for the stage "s0": the check a/a.');
  });

  it('hands outputs on, and gives the resolved parameters in the finding', async () => {
    const [, second] = await run(
      [{ check: describes('a/a') }, { check: describes('a/b'), needs: 'c0' }],
      new FakeCaller(thereIsAKey),
    );
    expect(second).to.deep.include({ verdict: 'pass', with: { needs: 'arn:key' } });
  });

  it('fails what is not there, with AWS saying so', async () => {
    const [finding] = await run([{ check: describes('a/a') }], new FakeCaller({}));
    expect(finding).to.include({ verdict: 'fail', message: 'not there' });
    expect(finding?.evidence[0]?.error).to.deep.equal({
      code: 'ResourceNotFoundException',
      message: 'not there',
      status: 400,
    });
  });

  for (const code of [
    'ThrottlingException',
    'AccessDeniedException',
    'ECONNREFUSED',
    'ExpiredTokenException',
    'InternalFailure',
  ]) {
    it(`does not judge on ${code}, and says what to do`, async () => {
      const caller = new FakeCaller({
        'kms:DescribeKey': () => {
          throw new CallError('kms:DescribeKey', { code, message: 'no' });
        },
      });
      const [finding] = await run([{ check: describes('a/a') }], caller);
      expect(finding).to.include({ verdict: 'error', points: 0 });
      expect(finding?.message).to.include(code);
      expect(finding?.hint).to.be.a('string').and.not.equal('Do it.');
    });
  }

  it('does not judge when the check itself breaks', async () => {
    const broken = describes('a/broken', {
      params: noParams,
      run: () => Promise.reject(new TypeError('x is undefined')),
    });
    const [finding] = await run([{ check: broken }], new FakeCaller({}));
    expect(finding).to.include({ verdict: 'error', message: 'The check could not finish: x is undefined' });
  });

  it('says a failed expectation in the sentence that belongs to it, with expected and actual', async () => {
    const strict = describes('a/strict', {
      async run({ expect: expectThat }) {
        expectThat('RSA_2048', 'The key: expected symmetric.').to.equal('SYMMETRIC_DEFAULT');
        return { message: '', outputs: { arn: '' } };
      },
    });
    const [finding] = await run([{ check: strict }], new FakeCaller({}));
    expect(finding).to.include({
      verdict: 'fail',
      message: 'The key: expected symmetric.',
      expected: 'SYMMETRIC_DEFAULT',
      actual: 'RSA_2048',
    });
  });

  it('keeps secrets out of the evidence', async () => {
    const reads = describes('a/secret', {
      calls: ['kms:Decrypt'],
      async run({ account }) {
        await account.call('kms:Decrypt', { CiphertextBlob: new Uint8Array([1, 2]) });
        return { message: 'Read.', outputs: { arn: '' } };
      },
    });
    const caller = new FakeCaller({
      'kms:Decrypt': () => ({ Plaintext: Buffer.from('hidden'), KeyId: 'arn:key' }),
    });
    const [finding] = await run([{ check: reads }], caller);
    expect(finding?.evidence[0]?.output).to.deep.equal({ Plaintext: '(removed)', KeyId: 'arn:key' });
    expect(finding?.evidence[0]?.input).to.deep.equal({ CiphertextBlob: 'AQI=' });
  });

  it('gives a check what it makes of a secret, asked anew each time, and refuses what was not declared', async () => {
    let asked = 0;
    const input = { CiphertextBlob: new Uint8Array([1]) };
    const use = {
      name: 'length',
      given: null,
      make: ({ Plaintext = new Uint8Array() }: { Plaintext?: Uint8Array }) => Plaintext.length,
    };
    const measures = describes('a/measures', {
      calls: ['kms:Decrypt'],
      async run({ account }) {
        const lengths = [
          await account.useSecret('kms:Decrypt', input, use),
          await account.useSecret('kms:Decrypt', input, use),
        ];
        return { message: `Lengths: ${lengths.join(', ')}.`, outputs: { arn: '' } };
      },
    });
    const undeclared = describes('a/undeclared', {
      calls: ['kms:DescribeKey'],
      async run({ account }) {
        await account.useSecret('kms:Decrypt' as 'kms:DescribeKey', input as never, use as never);
        return { message: 'Not reached.', outputs: { arn: '' } };
      },
    });
    const caller = new FakeCaller({
      'kms:Decrypt': () => ({ Plaintext: Buffer.alloc(++asked), KeyId: 'arn:key' }),
    });
    const [measured, refused] = await run([{ check: measures }, { check: undeclared }], caller);
    expect(measured?.message).to.equal('Lengths: 1, 2.');
    expect(measured?.evidence.map(({ output }) => output)).to.deep.equal(
      Array.from({ length: 2 }, () => ({ Plaintext: '(removed)', KeyId: 'arn:key' })),
    );
    expect(refused).to.include({ verdict: 'error' });
    expect(refused?.message).to.include('tried kms:Decrypt, which it does not declare');
    expect(refused?.evidence).to.deep.equal([]);
  });

  it('polls with fresh calls and gives the last sight when patience ends', async () => {
    let asked = 0;
    const caller = new FakeCaller({ 'kms:DescribeKey': () => ({ KeyMetadata: { Arn: `arn:${++asked}` } }) });
    const waits = describes('a/waits', {
      async run({ account, poll }) {
        await account.call('kms:DescribeKey', { KeyId: 'alias/a' });
        const seen = await poll(
          (ask) => ask.call('kms:DescribeKey', { KeyId: 'alias/a' }),
          (answer) => answer.KeyMetadata?.Arn === 'arn:never',
        );
        return { message: String(seen.KeyMetadata?.Arn), outputs: { arn: '' } };
      },
    });
    const [finding] = await run([{ check: waits }], caller);
    expect(finding?.message).to.equal('arn:1');
  });
});
