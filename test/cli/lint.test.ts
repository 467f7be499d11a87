import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { sampleLab, sampleProof } from '../runner/lint/sample-lab.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright lint', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
    // A repository, and a lab in a folder whose name has to be escaped wherever it is told.
    await mkdir(join(folder.path, '.git'));
    await mkdir(join(folder.path, 'my, labs/a#1'), { recursive: true });
    await write('proof.yaml', sampleProof);
  });
  afterEach(() => folder.remove());

  const lab = 'my, labs/a#1';
  const write = (file: string, text: string) => writeFile(join(folder.path, lab, file), text);
  const lint = (...args: string[]) => labwright(['lint', '--no-run', ...args], { cwd: folder.path });
  const unfair = sampleLab.replace('points: 40', 'points: 30');
  const crate = sampleLab.replace('aws kms create-key ', 'aws kms crate-key ');

  it('finds nothing to mend in the labs that come with Labwright, warnings and the sandbox included', async function () {
    this.timeout(300_000);
    const { code, stdout, stderr } = await labwright(['lint', '--all', '--strict']);
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.match(/^✔ Nothing to mend in \d+ labs?\.$/m);
  });

  it('says where, what and what to do, and ends as what was found deserves', async () => {
    await write('lab.yaml', sampleLab);
    expect((await lint(lab)).stdout).to.equal('✔ Nothing to mend in 1 lab.\n');

    await write('lab.yaml', unfair);
    const warned = await lint(lab);
    expect(warned.code).to.equal(0);
    expect(
      warned.stdout,
    ).to.equal(`${lab}/lab.yaml:8:1 warning The checks of this lab are worth 90 points and not 100: key 60, table 30. points-sum
    stages:
    ^
    Share out 100 points.

1 warning in 1 lab.
`);
    expect((await lint(lab, '--strict')).code).to.equal(1);

    await write('lab.yaml', crate);
    expect((await lint(lab)).code).to.equal(1);

    await write('lab.yaml', sampleLab.replace('points: 60', 'points: many'));
    const wrong = await lint(lab);
    expect(wrong.code).to.equal(2);
    expect(wrong.stdout).to.include(
      'lab.yaml:24:17 error stages[0].checks[0].points must be a number. lab-file',
    );
  });

  it('tells of all files at once, of a broken lab and of its proof', async () => {
    await write('lab.yaml', sampleLab.replace('points: 60', 'points: many'));
    await write('proof.yaml', sampleProof.replace('"${keyId}"', '"${keyID}"'));
    const { stdout } = await lint(lab);
    expect(stdout)
      .to.include('lab.yaml:24:17')
      .and.to.include('proof.yaml:5:')
      .and.to.include('2 errors in 1 lab.');
  });

  it('says in its own words, and in no others, what no lab can be', async () => {
    await write('lab.yaml', `${sampleLab}? { a: b }\n: c\n`);
    const { stdout, stderr } = await lint(lab);
    expect(stdout).to.include('The file has no member "{ a: b }".');
    expect(stderr).to.equal('');
  });

  it('never lets a file’s text reach the terminal as more than text', async () => {
    await write('lab.yaml', sampleLab.replace('aws kms create-key', 'aws kms "crate\u202ekey"'));
    const { stdout } = await lint(lab, '--no-color');
    expect(stdout).to.include('crate');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(stdout).to.not.match(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  });

  it('prints SARIF 2.1.0 with paths from the repository’s root', async () => {
    await write('lab.yaml', crate);
    const { stdout, code } = await lint(lab, '--format', 'sarif');
    expect(code).to.equal(1);
    const log = JSON.parse(stdout) as Sarif;
    const schema: object = JSON.parse(
      await readFile(new URL('lint/sarif.schema.json', import.meta.url), 'utf8'),
    );
    const isValid = addFormats.default(new Ajv({ allErrors: true })).compile(schema);
    expect(isValid(log), JSON.stringify(isValid.errors)).to.equal(true);
    const [{ results, tool } = { results: [], tool: { driver: { rules: [] } } }] = log.runs;
    const [result] = results;
    expect(result?.ruleId).to.equal('guide-command');
    expect(tool.driver.rules[result?.ruleIndex ?? -1]?.id).to.equal('guide-command');
    const place = result?.locations[0]?.physicalLocation;
    expect(place?.artifactLocation.uri).to.equal('my%2C%20labs/a%231/lab.yaml');
    expect(place?.region).to.include({ startLine: 17, startColumn: 24 });
  });

  it('prints annotations that GitHub reads, with nothing that ends them early', async () => {
    await write('lab.yaml', crate.replace('crate-key', '"crate%0A\n      ::error::x"'));
    const { stdout } = await lint(lab, '--format', 'github');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /^::error file=my%2C labs\/a#1\/lab\.yaml,line=17,col=24,title=guide-command::The AWS CLI has no command `aws kms crate%250A%0A::error::x`\.%0A/,
    );
  });

  it('lists its rules, and wants to know which lab', async () => {
    const { stdout } = await lint('--rules');
    expect(stdout).to.include('unanswered-link error, with --links');
    expect((await lint()).code).to.equal(2);
    expect((await lint('no-such-lab')).stderr).to.include('There is no lab "no-such-lab"');
  });
});

interface Sarif {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, unknown> };
      }[];
    }[];
  }[];
}
