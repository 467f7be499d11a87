/** A class is graded by role with the built command: on one sandbox, every learner in an account of their own. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import { type ClassLearner, type ClassResult, classResultSchema } from '../../runner/class-result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, labwright, mainFile } from '../support/labwright.ts';
import { chromiumPath } from '../support/requires.ts';
import { type ClassMember, RoleClass, rosterOf } from '../support/role-class.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { needsTerminal, typeInto } from '../support/terminal.ts';
import '../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright grade', function () {
  this.timeout(120_000);
  let people: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  const args = (out: string, ...more: string[]) => [
    'grade',
    lab,
    '--roster',
    'class.csv',
    '--out',
    out,
    ...more,
  ];
  const grade = (out: string, ...more: string[]) =>
    labwright(args(out, ...more), { cwd: folder.path, env: people.env });
  const classOf = (out: string): ClassResult =>
    classResultSchema.parse(JSON.parse(readFileSync(join(folder.path, out, 'class.json'), 'utf8')));
  const learner = (out: string, id: string): ClassLearner => {
    const found = classOf(out).learners.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the class result.`);
    return found;
  };
  const member = (id: string): ClassMember => {
    const found = people.members.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the class.`);
    return found;
  };
  const attempts = (out: string, id: string) =>
    readdirSync(join(folder.path, out, 'learners', id, 'attempts'));
  const points = (out: string) => classOf(out).learners.map((one) => [one.id, one.points, one.unjudged]);
  const assumed = (from: number) =>
    people.records.slice(from).filter(({ call }) => call === 'sts:AssumeRole').length;

  before(async () => {
    people = await RoleClass.start(await readLab(firstLab));
    folder = await temporaryFolder();
    const names = ['ada', 'bob', 'cy@example.org', 'dee', 'eve', 'fay', 'gus'];
    for (const id of names) await people.join(id, ...(id === 'ada' ? ['--allow-probe'] : []));
    await people.solve(member('ada'), 'key', 'table', 'data', 'user');
    await people.solve(member('bob'), 'key', 'table');
    await people.mistake(member('dee'), 'key', 'asymmetric-key');
    await people.solve(member('gus'), 'key', 'table', 'data');
    // A role that may not look at keys: what hangs on the key cannot be judged.
    await people.deny(member('gus'), 'kms:*');
    const roster = rosterOf(people.members, {
      eve: { externalId: 'of-somebody-else' },
      fay: { role: `arn:aws:iam::${member('fay').account}:role/no-such-role` },
    });
    writeFileSync(join(folder.path, 'class.csv'), roster);
  });
  after(async () => {
    await people.stop();
    await folder.remove();
  });

  it('enters each account in a dry run, and writes nothing', async () => {
    const { code, stdout, stderr } = await grade('dry', '--dry-run');
    expect(code, stderr).to.equal(3);
    expect(stdout)
      .to.match(/✔ ada {2}arn:aws:sts::\d{12}:assumed-role\//)
      .and.to.match(/✘ eve/);
    expect(stdout).to.include('5 of 7 accounts can be entered');
    expect(existsSync(join(folder.path, 'dry'))).to.equal(false);
  });

  it('judges whom it can, and neither scores nor counts whom it cannot', async () => {
    const { code, stdout, stderr } = await grade('class');
    expect(code, stderr).to.equal(3);
    expect(points('class').slice(0, 6)).to.deep.equal([
      ['ada', 55, 25],
      ['bob', 30, 0],
      ['cy@example.org', 0, 0],
      ['dee', 0, 0],
      ['eve', null, 100],
      ['fay', null, 100],
    ]);
    expect(learner('class', 'eve').error?.message).to.include('AssumeRole');
    expect(learner('class', 'eve').attempts).to.equal(0);
    expect(learner('class', 'bob').attempts).to.equal(1);
    expect(stdout)
      .to.match(/eve not judged: .*AccessDenied/)
      .and.to.include('gradebook.html');
    expect(stderr).to.match(/^7\/7 /m);
  });

  it('loses nobody the points of what waits for something that could not be judged', () => {
    const gus = learner('class', 'gus');
    const of = (verdict: string) => gus.checks.filter((one) => one.verdict === verdict);
    expect(of('error').map(({ id }) => id)).to.include('key/0');
    const waiting = of('skip').find(({ id }) => id === 'key/1');
    expect(waiting?.points).to.equal(null);
    expect(gus.unjudged).to.be.at.least(15);
    expect(gus.attempts).to.equal(0);
  });

  it('leaves each learner a result, a recording and a page to which the gradebook leads', () => {
    const own = join(folder.path, 'class', 'learners', 'cy@example.org');
    const files = readdirSync(own);
    expect(files).to.include.members(['learner.json', 'report.html', 'report.md', 'result.json', 'attempts']);
    expect(readdirSync(join(own, 'recordings'))).to.have.length(1);
    const page = readFileSync(join(folder.path, 'class', 'gradebook.html'), 'utf8');
    expect(page).to.include('href="learners/cy%40example.org/report.html"');
    expect(readFileSync(join(folder.path, 'class', 'gradebook.csv'), 'utf8')).to.include('"bob"');
    const all = readFileSync(join(folder.path, 'class', 'class.json'), 'utf8');
    for (const secret of [people.sandbox.administrator.secretAccessKey, member('ada').externalId])
      expect(all).not.to.include(secret);
  });

  it('opens in a browser, and leads to the page of a learner', async function () {
    const executablePath = chromiumPath.call(this);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(join(folder.path, 'class', 'gradebook.html')).href);
      expect(await page.locator('#heat tbody tr').count()).to.equal(7);
      await page.getByRole('link', { name: 'cy@example.org' }).first().click();
      await page.waitForURL(/report\.html$/);
      expect(await page.title()).to.include('Encrypt Data with AWS KMS');
      expect(complaints).to.deep.equal([]);
    } finally {
      await browser.close();
    }
  });

  it('grades on what was earned before when there is more work, and only those who are named', async () => {
    await people.solve(member('bob'), 'data');
    const before = people.records.length;
    const { code } = await grade('class', '--only', 'bob', 'dee');
    expect(code).to.equal(3);
    expect(assumed(before)).to.equal(2);
    expect(learner('class', 'bob')).to.include({ points: 40, attempts: 2 });
    expect(attempts('class', 'bob')).to.have.length(2);
    expect(attempts('class', 'ada')).to.have.length(1);
    expect(learner('class', 'ada').points).to.equal(55);
    const unknown = await grade('class', '--only', 'zoe');
    expect(unknown).to.include({ code: 2 });
    expect(unknown.stderr).to.include('There is no learner "zoe"');
  });

  it('leaves alone who was judged since a time', async () => {
    const before = people.records.length;
    await grade('class', '--since', '2020-01-01');
    expect(attempts('class', 'bob')).to.have.length(2);
    expect(attempts('class', 'ada')).to.have.length(2);
    // Ada and Gus could not be judged in full, Eve and Fay not at all.
    expect(new Set(people.records.slice(before).map(({ account }) => account)).size).to.be.at.most(5);
    const wrong = await grade('class', '--since', 'yesterday');
    expect(wrong.code).to.equal(2);
  });

  it('goes on after kill -9, grades nobody twice, and comes to the same', async () => {
    const child = spawn(process.execPath, [mainFile, ...args('killed', '--concurrency', '1')], {
      cwd: folder.path,
      env: bareEnvironment(people.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await new Promise<void>((resolve) => {
      let seen = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        seen += text;
        if (/^3\/7 /m.test(seen)) child.kill('SIGKILL');
      });
      child.once('close', () => resolve());
    });
    expect(existsSync(join(folder.path, 'killed', 'class.json'))).to.equal(false);
    const before = people.records.length;
    const { stderr } = await grade('killed');
    expect(stderr).not.to.match(/^\d\/7 (ada|bob) /m);
    expect(stderr).to.match(/^7\/7 /m);
    expect(assumed(before)).to.be.at.most(5);
    for (const id of ['ada', 'bob', 'dee', 'gus']) expect(attempts('killed', id), id).to.have.length(1);
    await grade('whole');
    expect(points('killed')).to.deep.equal(points('whole'));
  });

  it('ends in order on Ctrl-C, and says how to go on', async () => {
    const child = spawn(process.execPath, [mainFile, ...args('stopped', '--concurrency', '1')], {
      cwd: folder.path,
      env: bareEnvironment(people.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let seen = '';
    const code = await new Promise<number | null>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (!/^2\/7 /m.test(seen) && /^2\/7 /m.test(seen + text)) child.kill('SIGINT');
        seen += text;
      });
      child.once('close', resolve);
    });
    expect(code, seen).to.equal(130);
    expect(seen).to.match(/Interrupted: \d of 7 learners are settled/);
    const again = await grade('stopped');
    expect(again.code).to.equal(3);
    expect(points('stopped')).to.deep.equal(points('whole'));
  });

  it('shows on a terminal how far it is, the rate, and the time left', async function () {
    needsTerminal.call(this);
    const { code, screen } = await typeInto(args('live', '--concurrency', '1'), [], {
      cwd: folder.path,
      env: people.env,
    });
    expect(code, screen).to.equal(3);
    expect(screen)
      .to.match(/█+░+ 3\/7, \d+ a minute, \d+ s left/)
      .and.to.match(/7\/7, \d+ a minute/);
    expect(screen).to.include('gradebook.html');
  });

  it('tries the test user with a temporary key where that is asked for, and takes it back', async () => {
    const { code, stderr } = await grade('probed', '--only', 'ada', '--probe', 'key');
    expect(code, stderr).to.equal(3);
    const ada = learner('probed', 'ada');
    expect(ada.unjudged).to.equal(0);
    expect(ada.checks.find(({ id }) => id === 'deny/0')).to.include({ verdict: 'pass', points: 25 });
    const { output } = await member('ada').caller.send('iam:ListAccessKeys', {
      UserName: 'nextwork-kms-user',
    });
    expect(output.AccessKeyMetadata).to.deep.equal([]);
    expect(existsSync(join(folder.path, 'probed', 'learners', 'ada', 'probe-keys'))).to.equal(false);
  });

  it('signs what it judged in one chain that verifies', async () => {
    const made = await labwright(['keygen', 'my.key'], { cwd: folder.path });
    const [key = ''] = /ed25519:\S+/.exec(made.stdout) ?? [];
    await grade('sealed', '--sign', 'my.key');
    const [file = ''] = readdirSync(join(folder.path, 'sealed', 'signed'));
    const chain = join('sealed', 'signed', file);
    const lines = readFileSync(join(folder.path, chain), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).seal.learner)).to.deep.equal([
      'ada',
      'bob',
      'cy@example.org',
      'dee',
      'gus',
    ]);
    const verified = await labwright(['verify-result', chain, '--key', key], { cwd: folder.path });
    expect(verified.code, verified.stdout).to.equal(0);
    // As after a kill between the last signature and the end of the grading.
    const gradingFile = join(folder.path, 'sealed', 'grading.json');
    const { finishedAt, ...open } = JSON.parse(readFileSync(gradingFile, 'utf8'));
    expect(finishedAt).to.be.a('string');
    writeFileSync(gradingFile, JSON.stringify(open));
    const before = people.records.length;
    await grade('sealed', '--sign', 'my.key');
    expect(assumed(before)).to.equal(0);
    expect(readFileSync(join(folder.path, chain), 'utf8').trimEnd().split('\n')).to.deep.equal(lines);
    writeFileSync(join(folder.path, 'shorter.jsonl'), `${[lines[0], ...lines.slice(2)].join('\n')}\n`);
    const cut = await labwright(['verify-result', 'shorter.jsonl', '--key', key], { cwd: folder.path });
    expect(cut.code).to.equal(1);
  });

  it('enters an account with a profile of the instructor', async () => {
    const { accessKeyId, secretAccessKey } = people.sandbox.administrator;
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
    writeFileSync(join(folder.path, 'config'), `[profile pat]\nregion = us-east-1\n${keys}\n`);
    writeFileSync(join(folder.path, 'profiles.csv'), 'learner id,profile\npat,pat\nquin,not-there\n');
    const { code, stdout, stderr } = await labwright(
      ['grade', lab, '--roster', 'profiles.csv', '--out', 'profiles'],
      {
        cwd: folder.path,
        env: { AWS_ENDPOINT_URL: people.sandbox.url, AWS_CONFIG_FILE: join(folder.path, 'config') },
      },
    );
    expect(code, stderr).to.equal(3);
    expect(learner('profiles', 'pat')).to.include({ points: 0, unjudged: 0 });
    expect(stdout).to.include('There is no profile "not-there"');
    expect(stderr.trimEnd().split('\n'), stderr).to.have.length(2);
  });

  it('takes late work by the policy, with the extensions of the roster', async () => {
    writeFileSync(join(folder.path, 'course.yaml'), 'due: 2026-01-01 18:00\nlate: 20%\n');
    const roster = rosterOf([member('bob'), member('dee')].concat(member('ada')), {
      ada: { extension: '5200w' },
    });
    writeFileSync(join(folder.path, 'late.csv'), roster);
    const flags = ['--due', 'tomorrow'];
    const wrong = await labwright(args('late', ...flags), { cwd: folder.path, env: people.env });
    expect(wrong.code).to.equal(2);
    expect(wrong.stderr).to.include('due');
    const { stdout } = await labwright(
      ['grade', lab, '--roster', 'late.csv', '--out', 'late', '--policy', 'course.yaml', '--json'],
      { cwd: folder.path, env: people.env },
    );
    const result = classResultSchema.parse(JSON.parse(stdout));
    expect(result.policy).to.match(/^Due 2026-01-01 18:00 UTC\. Late work loses 20 %/);
    const [bob, , ada] = result.learners;
    expect(bob).to.include({ before: 40, points: 32 });
    expect(bob?.why.join()).to.include('passed late');
    expect(ada?.points).to.equal(ada?.before);
  });

  it('tells of two learners with one account', async () => {
    const bob = member('bob');
    writeFileSync(join(folder.path, 'pair.csv'), rosterOf([bob, { ...bob, id: 'bobs-friend' }]));
    const { stdout, stderr } = await labwright(['grade', lab, '--roster', 'pair.csv', '--out', 'pair'], {
      cwd: folder.path,
      env: people.env,
    });
    expect(stdout, stderr).to.match(/bob and bobs-friend were graded on one account/);
    expect(classOf('pair').doubles?.map(({ kind }) => kind)).to.include('one account');
  });

  it('says at once when the credentials of the instructor do not work', async () => {
    const ran = await labwright(args('nobody'), {
      cwd: folder.path,
      env: { ...people.env, AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) },
    });
    expect(ran.code).to.equal(3);
    expect(ran.stderr)
      .to.match(/GetCallerIdentity/)
      .and.not.to.match(/at .*\.js:\d/);
    expect(existsSync(join(folder.path, 'nobody'))).to.equal(false);
  });
});
