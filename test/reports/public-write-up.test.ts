/** A write-up for everybody: nothing in it tells whose account it was. */
import { expect } from 'chai';
import fc from 'fast-check';
import { createHider, hideIn } from '../../reports/hide.ts';
import { renderWriteUp } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';
import { accountId, describeKey, keyArn, keyId, ownerArn, sampleCall } from './sample-calls.ts';
import { redDot } from './sample-picture.ts';
import { finding, sampleResult, stage } from './sample-result.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const capitals = (length: number) =>
  fc
    .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

const originals = fc.record({
  account: digits(11).map((rest) => `7${rest}`),
  otherAccount: digits(11).map((rest) => `8${rest}`),
  key: fc.uuid({ version: 4 }),
  otherKey: fc.uuid({ version: 4 }),
  grant: fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
    .map((all) => all.join('')),
  accessKey: capitals(16).map((rest) => `AKIA${rest}`),
  userId: capitals(17).map((rest) => `AIDA${rest}`),
  email: fc
    .tuple(capitals(8), capitals(6))
    .map(([name, host]) => `${name.toLowerCase()}.x+y@${host.toLowerCase()}.example.org`),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6().filter((text) => !text.includes('::') && !text.includes('.')),
});
type Originals = typeof originals extends fc.Arbitrary<infer Value> ? Value : never;

/** A result in which each of these stands wherever it may: evidence, names, answers, feedback, additions. */
function resultOf(one: Originals): Result {
  const sample = sampleResult();
  const moved = JSON.parse(
    JSON.stringify(sample).replaceAll(accountId, one.account).replaceAll(keyId, one.key),
  ) as Result;
  const arn = `arn:aws:kms:eu-west-1:${one.otherAccount}:key/${one.otherKey}`;
  const record = {
    sourceIPAddress: one.ipv6,
    userIdentity: { accessKeyId: one.accessKey, accountId: one.account },
  };
  const evidence = [
    sampleCall('kms:ListGrants', '05:00', {
      input: { KeyId: arn },
      output: { Grants: [{ GrantId: one.grant }] },
    }),
    sampleCall('iam:GetUser', '05:01', { input: {}, output: { User: { UserId: one.userId } } }),
    sampleCall('cloudtrail:LookupEvents', '05:02', {
      input: {},
      output: { Events: [{ CloudTrailEvent: JSON.stringify(record) }] },
    }),
  ];
  const message = `Seen ${Object.values(one).join(', ')} and ${one.account.replace(/(....)(....)(....)/, '$1-$2-$3')}.`;
  const last = finding('a/b', message, {
    verdict: 'fail',
    message,
    hint: message,
    expected: { [arn]: message },
    actual: [one.account, one.ipv4],
    evidence,
  });
  const entities = [...one.account].map((digit) => `&#${digit.charCodeAt(0)};`).join('');
  return {
    ...moved,
    params: { ...moved.params, table: `table-${one.account}` },
    stages: [...moved.stages, stage('last', message, `Section ${one.account}`, [last])],
    questions: moved.questions.map((question) => ({
      ...question,
      answer: `${message} ![${one.email}](shot-${one.account}.png) [me](mailto:${one.email}) \`${arn}\` ${entities}`,
    })),
    additions: {
      email: one.email,
      opening: message,
      sections: [{ heading: `About ${one.account}`, text: message }],
      screenshots: [{ stage: 'last', file: `shot-${one.account}.png`, shows: message }],
    },
  };
}

describe('a public write-up', () => {
  it('holds nothing of the originals, in Markdown, page, figures or file names', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(originals, async (one) => {
        const result = resultOf(one);
        const pictures = new Map([[`shot-${one.account}.png`, redDot]]);
        const shown = await renderWriteUp(result, { pictures, isPublic: true });
        const documents = [
          shown.markdown,
          shown.html.replace(/data:image\/png;base64,[^"]*/g, ''),
          JSON.stringify(shown.result).replace(/(?:&#\d+;)+/g, ''),
          ...shown.files.flatMap(({ path, content }) => [path, typeof content === 'string' ? content : '']),
        ];
        for (const original of Object.values(one)) {
          for (const document of documents) {
            expect(document.toLowerCase().includes(original.toLowerCase()), original).to.equal(false);
          }
        }
        // The picture is still found under its hidden name.
        expect(shown.files.map(({ path }) => path)).to.include('report-files/picture-1.png');
        expect(shown.html).to.include('data:image/png;base64,');
      }),
      { numRuns: 25 },
    );
  });

  it('holds them all where it is not public', async () => {
    const one = fc.sample(originals, { numRuns: 1, seed: 7 })[0] as Originals;
    const { markdown } = await renderWriteUp(resultOf(one));
    for (const original of [one.account, one.otherAccount, one.key, one.accessKey, one.email]) {
      expect(markdown.replaceAll('\\', '')).to.include(original);
    }
  });

  it('has one stand-in for one thing, and says what it does', async () => {
    const { markdown, html, result } = await renderWriteUp(sampleResult(), { isPublic: true });
    expect(result.account.arn).to.equal(ownerArn.replace(accountId, 'ACCOUNT-1'));
    const named = [...new Set(markdown.match(/\b(?:ACCOUNT|KEY)-\d+\b/g))];
    expect(named.toSorted()).to.deep.equal(['ACCOUNT-1', 'KEY-1']);
    expect(markdown).to.include('arn:aws:kms:eu-west-1:ACCOUNT-1:key/KEY-1');
    for (const document of [markdown, html]) expect(document).to.include('hidden behind stand-ins');
    expect(markdown).to.not.include('ada@example.com');
    expect(markdown).to.include('Ada Example');
  });

  it('keeps what proves it: request ids, times, names and the digest of the lab', async () => {
    const result = sampleResult();
    const { markdown } = await renderWriteUp(result, { isPublic: true });
    expect(markdown).to.include('7b1f0c52-8e1d-4c0a-9a55-000000000412');
    expect(markdown).to.include(result.lab.digest);
    expect(markdown).to.include('nextwork-kms-user');
  });

  it('takes the same account for the same, however it is written', () => {
    const { text } = createHider(sampleResult());
    expect(text(`${accountId} 1111-2222-3333 1111 2222 3333 x${accountId}y`)).to.equal(
      'ACCOUNT-1 ACCOUNT-1 ACCOUNT-1 xACCOUNT-1y',
    );
    expect(text(keyArn.toUpperCase())).to.equal('ARN:AWS:KMS:EU-WEST-1:ACCOUNT-1:KEY/KEY-1');
    expect(text('1111222233334 2026-11-22T10:05:00.000Z 10:02:03 v1.2.3')).to.equal(
      '1111222233334 2026-11-22T10:05:00.000Z 10:02:03 v1.2.3',
    );
  });

  it('hides an account that stands as a number, and in names of members', () => {
    const odd = sampleCall('kms:DescribeKey', '06:00', {
      input: { [keyArn]: Number(accountId) },
      output: describeKey.output,
    });
    const result = sampleResult({
      stages: [stage('s', 'S', 'S', [finding('a/b', 'T', { evidence: [odd] })])],
    });
    const hidden = hideIn(result, createHider(result));
    expect(hidden.stages[0]?.checks[0]?.evidence[0]?.input).to.deep.equal({
      'arn:aws:kms:eu-west-1:ACCOUNT-1:key/KEY-1': 'ACCOUNT-1',
    });
  });

  it('takes long texts without an end in sight', () => {
    const { text } = createHider(sampleResult());
    for (const long of [
      'a'.repeat(500_000),
      '1.'.repeat(250_000),
      ':'.repeat(500_000),
      'a@'.repeat(250_000),
    ]) {
      expect(text(long)).to.equal(long);
    }
  });
});
