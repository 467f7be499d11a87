import { expect } from 'chai';
import fc from 'fast-check';
import { isInlineImage, isSafeLink } from '../../reports/markdown/link-policy.ts';
import { renderWriteUp } from '../../reports/write-up.ts';
import { resultFilledWith } from './hostile-result.ts';
import { hostileTexts, hugeWord } from './hostile-text.ts';
import { flatten, parseMarkdown, tagsOf } from './markup.ts';
import { finding, sampleResult, stage } from './sample-result.ts';
import { trickyText } from './tricky-text.ts';

/** The document's own headings, those of the learner's prose left out. */
function outline(markdown: string): string[] {
  const tokens = parseMarkdown(markdown);
  return tokens.flatMap(({ type, tag }, index) =>
    type === 'heading_open' && /^h[123]$/.test(tag) ? `${tag} ${tokens[index + 1]?.content}` : [],
  );
}

const levels = (markdown: string) => outline(markdown).map((heading) => heading.slice(0, 2));

/** The page without its style sheet, in which `<` and quotes mean something else. */
const bodyOf = (html: string) => html.replace(/<style>.*?<\/style>/s, '');

/** What HTML the Markdown holds: what can be opened, and figures in files of its own. */
const figure = String.raw`report-files/figure-[a-z0-9-]+\.svg`;
const ownMarkup = new RegExp(
  String.raw`^(?:<details>\n<summary>[^<>]*</summary>|</details>|</?picture>|<source media="\(prefers-color-scheme: dark\)" srcset="${figure}">|<img src="${figure}" width="760" alt="[^"<>]*">)\s*$`,
);

async function expectHarmless(text: string, way: 'replace' | 'append'): Promise<void> {
  const { markdown, html, files } = await renderWriteUp(resultFilledWith(text, way));
  const harmless = await renderWriteUp(resultFilledWith('word', way));

  expect(levels(markdown)).to.deep.equal(levels(harmless.markdown));
  for (const token of flatten(parseMarkdown(markdown))) {
    if (/^html_/.test(token.type)) expect(token.content).to.match(ownMarkup);
    if (token.type === 'link_open') expect(isSafeLink(String(token.attrGet('href')))).to.equal(true);
  }

  for (const { path, content } of files) {
    expect(path).to.match(/^report-files\/figure-[a-z0-9-]+\.svg$/);
    for (const { name, attributes } of tagsOf(String(content))) {
      expect(name).to.match(/^(svg|title|desc|g|path|rect|circle|text)$/);
      expect([...attributes.keys()].filter((attribute) => /^on|^style$|href/.test(attribute))).to.deep.equal(
        [],
      );
    }
  }

  expect(html.match(/<style>.*?<\/style>/s)?.[0]).to.equal(harmless.html.match(/<style>.*?<\/style>/s)?.[0]);
  for (const { name, attributes } of tagsOf(bodyOf(html))) {
    expect(name).not.to.match(
      /^(script|iframe|object|embed|form|input|button|base|video|audio|foreignobject)$/,
    );
    expect([...attributes.keys()].filter((attribute) => /^on|^style$/.test(attribute))).to.deep.equal([]);
    const address = attributes.get('href');
    if (name === 'a' && address !== undefined)
      expect(address.startsWith('#') || isSafeLink(address)).to.equal(true);
    if (name === 'img') expect(isInlineImage(attributes.get('src') ?? '')).to.equal(true);
  }
}

describe('the write-up', () => {
  it('has the shape of a write-up', async () => {
    const { markdown } = await renderWriteUp(sampleResult());
    expect(outline(markdown)).to.deep.equal([
      'h1 Encrypt Data with AWS KMS',
      "h2 Introducing today's project",
      'h2 Tools and concepts',
      'h2 Project reflection',
      'h2 Encryption and KMS',
      'h3 Checked: Create a KMS key',
      'h2 Encrypting data',
      'h3 Checked: Encrypt a table with it',
      'h2 Data visibility',
      'h3 Checked: Add an item',
      'h2 Where I was stuck',
      'h2 Denying access',
      'h3 Checked: Create the test user',
      'h3 Checked: Watch the key refuse',
      'h2 EXTRA: Granting access',
      'h3 Checked: Let the user in',
      'h2 Cleaning up',
      'h3 Checked: Leave nothing behind',
      'h2 What comes next',
      'h2 How this was verified',
    ]);
  });

  it('tells the same in both formats', async () => {
    const { markdown, html } = await renderWriteUp(sampleResult());
    const told = [
      'Ada Example',
      'https://learn.nextwork.org/projects/aws-security-kms',
      'could not be judged',
      'waits',
      'Not answered yet.',
      'No real AWS account took part.',
      'and it stays earned',
      'KMS key access denied error',
      'Now you see me',
      'Run the check again in a minute.',
      '7b1f0c52-8e1d-4c0a-9a55-000000000412',
      '2 lines added, none removed',
      'reasoned',
      '12.50',
    ];
    for (const text of told) {
      expect(markdown, text).to.include(text);
      expect(html, text).to.include(text);
    }
    expect(markdown).to.include('| **Total** | | **75 / 105** |');
    expect(markdown).to.include('+           "arn:aws:iam::111122223333:user/nextwork-kms-user",');
    expect(html).to.include('<strong>75</strong> of 105 points');
  });

  it('explains failed access: why, and each way with what it needs besides', async () => {
    const { markdown, html } = await renderWriteUp(sampleResult());
    const inOrder = [
      'holds dynamodb:Scan, dynamodb:Query.',
      'What would change it, least privilege first',
      'an IAM policy that allows this and no more',
      'table/nextwork-kms-table',
      'And, without which it leads nowhere:',
      'Let the permissions boundary',
      'as the lab asks.',
      'aws iam attach-user-policy',
    ];
    for (const page of [markdown.replaceAll('\\', ''), html]) {
      const places = inOrder.map((text) => page.indexOf(text, page.indexOf('does not let it write')));
      expect(places).to.not.include(-1);
      expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    }
    const code = flatten(parseMarkdown(markdown)).filter(({ type }) => type === 'fence');
    const statements = code.filter(({ info }) => info === 'json').map(({ content }) => JSON.parse(content));
    expect(statements.map(({ Action }) => Action)).to.deep.equal(['dynamodb:PutItem', 'dynamodb:PutItem']);
    expect(code.filter(({ info }) => info === 'sh')).to.have.length(1);
    const pre = /<pre class="copied"><code>(\{.*?)<\/code>/s.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(JSON.parse(pre)).to.deep.include({ Effect: 'Allow', Action: 'dynamodb:PutItem' });
  });

  it('explains nothing where a finding passed', async () => {
    const explanation = { because: ['Odd reason.'], remedies: [] };
    const passed = finding('a/b', 'Odd finding', { explanation });
    const { markdown, html } = await renderWriteUp(
      sampleResult({ stages: [stage('s', 'S', 'S', [passed])] }),
    );
    expect(`${markdown}${html}`).to.not.include('Odd reason');
  });

  it('leaves nothing out that the lab does not list as a section', async () => {
    const result = sampleResult({
      stages: [stage('odd', 'Odd stage', 'Unlisted', [finding('a/b', 'Odd finding')])],
      questions: [{ id: 'q', section: 'Elsewhere', prompt: 'Odd question', answer: 'Odd answer' }],
    });
    const { markdown, html } = await renderWriteUp({ ...result, lab: { ...result.lab, sections: [] } });
    for (const text of ['Unlisted', 'Odd stage', 'Odd finding', 'Elsewhere', 'Odd question', 'Odd answer']) {
      expect(markdown).to.include(text);
      expect(html).to.include(text);
    }
  });

  it('speaks of a sandbox or a recording before anything else, and of a live account only at the end', async () => {
    const { account } = sampleResult();
    for (const kind of ['sandbox', 'recording'] as const) {
      const { markdown, html } = await renderWriteUp(sampleResult({ account: { ...account, kind } }));
      expect(markdown.indexOf('[!NOTE]')).to.be.within(0, markdown.indexOf('## '));
      expect(html.indexOf('class="notice"')).to.be.within(0, html.indexOf('<main'));
    }
    for (const kind of ['live', 'assumed'] as const) {
      const { markdown, html } = await renderWriteUp(sampleResult({ account: { ...account, kind } }));
      expect(markdown).not.to.include('[!NOTE]');
      expect(html).not.to.include('class="notice"');
      expect(markdown).to.include('a real AWS account');
    }
  });

  it('does without author, project, findings and answers', async () => {
    const { author, ...nameless } = sampleResult({ stages: [], questions: [] });
    const { project, ...lab } = nameless.lab;
    expect([author, project]).not.to.include(undefined);
    const { markdown, html } = await renderWriteUp({ ...nameless, lab, params: {} });
    expect(`${markdown}${html}`).not.to.match(/undefined|null|NaN|\[object/);
    expect(markdown).not.to.include('Author');
  });

  it('never links a project to anything but a web address', async () => {
    const { lab } = sampleResult();
    for (const project of ['javascript:alert(1)', 'data:text/html,x', 'not an address']) {
      const { markdown, html } = await renderWriteUp(sampleResult({ lab: { ...lab, project } }));
      expect(`${markdown}${html}`).not.to.include(project);
    }
    const project = 'https://example.com/)[x](javascript:alert(1)';
    const { markdown } = await renderWriteUp(sampleResult({ lab: { ...lab, project } }));
    const links = flatten(parseMarkdown(markdown)).filter(({ type }) => type === 'link_open');
    expect(links.every((link) => isSafeLink(String(link.attrGet('href'))))).to.equal(true);
  });

  it('asks no other host for anything and runs no script, and says so to the browser', async () => {
    const { html } = await renderWriteUp(sampleResult());
    const policy = tagsOf(bodyOf(html))
      .find(({ attributes }) => attributes.has('http-equiv'))
      ?.attributes.get('content');
    expect(policy).to.match(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; img-src data:;/);
    expect(html).not.to.match(/<script|@import|url\(/i);
  });

  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`is not moved by ${name}, wherever it stands`, async () => {
      if (text.trim() !== '') await expectHarmless(text, 'append');
      await expectHarmless(text.trim() === '' ? `${text}.` : text, 'replace');
    });
  }

  it('is not moved by any text', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        trickyText,
        fc.constantFrom('append' as const, 'replace' as const),
        async (text, way) => {
          await expectHarmless(`x${text}x`, way);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes names of attributes for names only', async () => {
    const result = sampleResult();
    const text = JSON.stringify(result)
      .replaceAll('"note"', '"<b onclick=x>|{{title}}\\n# h"')
      .replaceAll('"tags"', '"__proto__"');
    const { markdown, html } = await renderWriteUp(JSON.parse(text));
    expect(html).to.include('&lt;b onclick&#x3D;x&gt;|{{title}}');
    expect(html).to.include('<bdi>__proto__</bdi>');
    expect(levels(markdown)).to.deep.equal(levels((await renderWriteUp(result)).markdown));
  });

  it('tells the learner gently what is there, what is missing, and what is not so', async () => {
    const { markdown, html } = await renderWriteUp(sampleResult());
    const text = bodyOf(html);
    for (const document of [markdown, text]) {
      expect(document).to.include('Something here is not so. 1 of 3 for what it names.');
      expect(document).to.include('Say in which role the user was added.');
      expect(document).to.include('A key administrator manages the key, and cannot decrypt with it.');
      expect(document).to.include('what changed in the policy');
      expect(document).to.include('Everything that was asked for is there. 3 of 3 for what it names.');
      // Nothing is said of answers without feedback.
      expect(document.split('for what it names')).to.have.length(3);
    }
    expect(text).to.include(
      '<a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html" rel="noopener noreferrer">Read more</a>',
    );
    // In Markdown all of an answer's feedback is one quotation: each of its lines begins so.
    const from = markdown.indexOf('> **Something here is not so.');
    const quotation = markdown.slice(from, markdown.indexOf('\n\n', from)).split('\n');
    expect(quotation.at(-1)).to.include('what changed in the policy');
    expect(quotation.filter((line) => !line.startsWith('>'))).to.deep.equal([]);
  });

  it('takes no address but a web page for a link of feedback', async () => {
    const { questions, ...rest } = sampleResult();
    const text = JSON.stringify(questions).replaceAll('https://docs.aws.amazon.com', 'javascript:alert(1)//');
    const { markdown, html } = await renderWriteUp({ ...rest, questions: JSON.parse(text) });
    expect(markdown).to.not.include('Read more');
    expect(html).to.not.include('Read more');
  });

  it('takes words of a million letters', async function () {
    this.timeout(30_000);
    const { questions, ...rest } = sampleResult();
    const result = {
      ...rest,
      author: hugeWord,
      questions: questions.map((question) => ({ ...question, answer: hugeWord })),
    };
    const { markdown, html } = await renderWriteUp(result);
    expect(markdown.split(hugeWord)).to.have.length(questions.length + 2);
    expect(html.split(hugeWord)).to.have.length(questions.length + 3);
  });
});
