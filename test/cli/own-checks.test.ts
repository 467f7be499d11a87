/** An author's checks through the built command, which has Labwright's classes built in while the module imports the library's. */
import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type Result, resultSchema } from '../../runner/result.ts';
import { labwright, type Ran } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A check as an author writes it; what is said here goes before. */
const check = (name: string, body: string, more = '') => `
export const ${name} = defineCheck({
  id: 'mine/${name}',
  title: 'It is so',
  calls: ['kms:DescribeKey'],
  params: z.strictObject({}),
  outputs: z.object({ count: z.number() }),
  ${more}
  async run({ account, expect, found }) {
    ${body}
    return { message: 'Seen.', outputs: { count: 1 } };
  },
});`;

const header =
  "import { CallError, defineCheck, Failed, isAbsent, isAccessDenied, NotJudged, z } from 'labwright';\n";

const lab = (ids: readonly string[]) => `
id: mine
title: Mine
about: Checks of my own.
stages:
  - id: only
    title: Only
    guide: Look.
    checks:
${ids.map((id) => `      - { check: mine/${id}, points: 1, hint: Mend it. }`).join('\n')}
`;

describe('--checks', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let account: SandboxAccount;

  before(async () => {
    account = await sandboxAccount();
  });
  after(() => account.close());
  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'node_modules'));
    await symlink(root, join(folder.path, 'node_modules/labwright'));
    await write('lab.yaml', lab(['one']));
  });
  afterEach(() => folder.remove());

  const write = (file: string, text: string) => writeFile(join(folder.path, file), text);
  const run = (args: readonly string[]): Promise<Ran> => {
    const { url, region, administrator } = account.sandbox;
    const { accessKeyId, secretAccessKey } = administrator;
    const env = {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    return labwright(args, { cwd: folder.path, env });
  };
  const checked = async (ids: readonly string[]): Promise<Result['stages'][number]['checks']> => {
    await write('lab.yaml', lab(ids));
    const { stdout, stderr } = await run(['check', 'lab.yaml', '--checks', './checks.mjs', '--json']);
    expect(stdout, stderr).not.to.equal('');
    return resultSchema.parse(JSON.parse(stdout)).stages.flatMap(({ checks }) => checks);
  };

  it('judges by the kinds of errors of the library, though they are not those of the command', async () => {
    const describe = "await account.call('kms:DescribeKey', { KeyId: 'alias/none' })";
    await write(
      'checks.mjs',
      [
        header,
        check(
          'caught',
          `try { ${describe}; } catch (error) {
             if (!(error instanceof CallError) || !isAbsent(error) || isAccessDenied(error)) throw new Error('unknown');
           }`,
        ),
        check('absent', `${describe};`),
        check('unjudged', "throw new NotJudged('Cannot be told.', 'Wait.');"),
        check('failed', "throw new Failed('Not so.', { expected: 1, actual: 2 });"),
        check('expected', "expect([1], 'There is one.').to.have.lengthOf(2);"),
      ].join('\n'),
    );
    const seen = await checked(['caught', 'absent', 'unjudged', 'failed', 'expected']);
    expect(seen.map(({ verdict, message }) => [verdict, message])).to.deep.equal([
      ['pass', 'Seen.'],
      ['fail', 'Alias arn:aws:kms:us-east-1:123456789012:alias/none is not found.'],
      ['error', 'Cannot be told.'],
      ['fail', 'Not so.'],
      ['fail', 'There is one.'],
    ]);
    expect(seen[2]).to.include({ hint: 'Wait.' });
    expect(seen[3]).to.include({ expected: 1, actual: 2 });
  });

  it('holds them to what they declare, and takes no harm from what they do', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    await write(
      'checks.mjs',
      [
        header,
        check('undeclared', "await account.call('kms:ListKeys', {});"),
        check('hung', 'await new Promise(() => {});', 'limitMs: 300,'),
        check('broken', `throw new TypeError('No good: ${secret}');`),
        check('telling', `expect('${secret}', 'Its key is ${secret}.').to.equal('none');`),
        check('silent', 'return undefined;'),
        check('lying', "return { message: 'Seen.', outputs: { count: 'many' } };"),
      ].join('\n'),
    );
    const before = account.records.length;
    const seen = await checked(['undeclared', 'hung', 'broken', 'telling', 'silent', 'lying']);
    expect(seen.map(({ verdict }) => verdict)).to.deep.equal([
      'error',
      'error',
      'error',
      'fail',
      'error',
      'error',
    ]);
    expect(account.records.slice(before).map(({ call }) => call)).not.to.include('kms:ListKeys');
    expect(seen[0]?.message).to.include('does not declare');
    expect(seen[1]?.message).to.equal('The check did not come to an end within 0.3 seconds.');
    expect(seen[4]?.message).to.include('no `message`');
    expect(seen[5]?.message).to.include('its output count is not what it declares');
    expect(JSON.stringify(seen)).not.to.include(secret);
  });

  it('takes a default export, one check or a list, and several modules', async () => {
    const unnamed = (name: string) => check(name, '').replace(`export const ${name} =`, `const ${name} =`);
    await write('one.mjs', `${header}${unnamed('one')}\nexport default one;`);
    await write(
      'more.mjs',
      `${header}${unnamed('two')}${unnamed('three')}\nexport const helper = 1;\nexport default [two, three];`,
    );
    await write('lab.yaml', lab(['one', 'two', 'three']));
    const ran = await run(['check', 'lab.yaml', '--checks', './one.mjs', '--checks', 'more.mjs']);
    expect(ran).to.include({ code: 0 });
    expect(ran.stdout).to.include('3/3 points');
  });

  it('reaches a package that is installed beside the lab', async () => {
    const place = join(folder.path, 'node_modules/@me/checks');
    await mkdir(place, { recursive: true });
    await writeFile(
      join(place, 'package.json'),
      JSON.stringify({
        name: '@me/checks',
        type: 'module',
        exports: { '.': { types: './index.d.ts', import: './main.js' }, './more': './more.js' },
      }),
    );
    await writeFile(join(place, 'main.js'), header + check('one', ''));
    await writeFile(join(place, 'more.js'), header + check('two', ''));
    await write('lab.yaml', lab(['one', 'two']));
    const ran = await run(['guide', 'lab.yaml', '--checks', '@me/checks', '--checks', '@me/checks/more']);
    expect(ran).to.include({ code: 0, stderr: '' });
    const hidden = await run(['guide', 'lab.yaml', '--checks', '@me/checks/main.js']);
    expect(hidden).to.include({ code: 2 });
  });

  const faults: readonly { what: string; module: string; says: string }[] = [
    { what: 'no check', module: 'export const answer = 42;', says: 'it exports no check' },
    { what: 'a syntax error', module: 'export const = 1;', says: 'node --check /' },
    {
      what: 'an error of its own',
      module: "throw new RangeError('out of range');",
      says: 'the module cannot be loaded. RangeError: out of range',
    },
    {
      what: 'a check of no kind',
      module: "export const one = { id: 'mine/one', run() {} };",
      says: '"mine/one" is not made with defineCheck',
    },
    {
      what: 'a malformed check',
      module: `${header}export const one = defineCheck({ id: 'mine/one', title: '', calls: ['kms:ListKeys', 'ec2:Start'], params: {}, outputs: z.object({}), run: 1 });`,
      says: `the check "mine/one" is malformed.
  title: must say what holds when the check passes
  calls.1: must be a service and an operation, like kms:DescribeKey; there are cloudtrail, dynamodb, iam, kms, sts
  params: must be a zod object: z.strictObject({ ... })
  run: must be a function`,
    },
    {
      what: 'a check that would write',
      module: header + check('one', '').replace('kms:DescribeKey', 'kms:ScheduleKeyDeletion'),
      says: 'calls.0: would change the account',
    },
    {
      what: 'a check under a name of ours',
      module: header + check('one', '').replace('mine/one', 'kms/key-exists'),
      says: 'the check "kms/key-exists" is in a namespace of Labwright\'s own',
    },
    {
      what: 'two checks of one id',
      module: header + check('one', '') + check('two', '').replace('mine/two', 'mine/one'),
      says: 'there are two checks "mine/one"',
    },
  ];
  for (const { what, module, says } of faults) {
    it(`refuses a module with ${what}`, async () => {
      await write('checks.mjs', module);
      const ran = await run(['verify', 'lab.yaml', '--checks', './checks.mjs']);
      expect(ran, ran.stdout).to.include({ code: 2, stdout: '' });
      expect(ran.stderr).to.include('The checks of ./checks.mjs: ').and.to.include(says);
      expect(ran.stderr).not.to.match(/^ {4}at /m);
    });
  }

  it('says how labwright gets beside a module that imports it', async () => {
    // Left empty rather than out: a folder above may hold one.
    await rm(join(folder.path, 'node_modules/labwright'));
    await mkdir(join(folder.path, 'node_modules/labwright'));
    await write('checks.mjs', header + check('one', ''));
    const ran = await run(['guide', 'lab.yaml', '--checks', './checks.mjs']);
    expect(ran, ran.stdout).to.include({ code: 2 });
    const own = (await realpath(root)).replace(/\/$/, '');
    expect(ran.stderr).to.include(`in ${folder.path}:\n  npm init -y\n  npm install ${own}\n`);
  });

  it('says what is not there', async () => {
    const missing = await run(['guide', 'lab.yaml', '--checks', './none.mjs']);
    expect(missing).to.include({ code: 2, stderr: 'The checks of ./none.mjs: there is no such file.\n' });
    const uninstalled = await run(['guide', 'lab.yaml', '--checks', 'none']);
    expect(uninstalled).to.include({ code: 2 });
    expect(uninstalled.stderr).to.include('npm install none');
    const unnamed = await run(['guide', 'lab.yaml']);
    expect(unnamed).to.include({ code: 2 });
    expect(unnamed.stderr).to.include('There is no check "mine/one"').and.to.include('--checks');
  });
});
