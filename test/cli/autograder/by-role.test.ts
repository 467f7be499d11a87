/** An autograder for Gradescope that enters learners' accounts by role: made with the built command, and run by its own script. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { accessKeyIn } from '../../../runner/accounts/access-key.ts';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import { GradescopeContainer } from '../../support/gradescope-container.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { labwright } from '../../support/labwright.ts';
import { bash } from '../../support/requires.ts';
import { type ClassMember, RoleClass } from '../../support/role-class.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import '../../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';
const emailOf = (id: string) => `${id}@example.org`;

describe('an autograder for Gradescope, by role', function () {
  this.timeout(120_000);
  let people: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let shell: string;
  /** Of an identity that may do what the made policy says, and nothing else. */
  let secret: string;

  const member = (id: string): ClassMember => {
    const found = people.members.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the class.`);
    return found;
  };
  const make = (...more: string[]) =>
    labwright(
      ['autograder', 'make', lab, '--for', 'gradescope', '--roster', 'class.csv', '--out', 'made', ...more],
      { cwd: folder.path },
    );
  const container = (name: string, env: Record<string, string> = {}) =>
    new GradescopeContainer(join(folder.path, name), join(folder.path, 'made'), {
      bash: shell,
      env: { AWS_ENDPOINT_URL: people.sandbox.url, ...env },
    });
  const filesOf = (path: string) =>
    readdirSync(join(folder.path, path), { recursive: true, encoding: 'utf8' });

  before(async function () {
    shell = bash.call(this);
    people = await RoleClass.start(await readLab(firstLab));
    folder = await temporaryFolder();
    for (const id of ['ada', 'bob', 'cy']) await people.join(id);
    await people.solve(member('ada'), 'key', 'table');
    await people.solve(member('bob'), 'key');
    const rows = people.members.map(({ id, role, externalId }) =>
      [id, ` ${emailOf(id).toUpperCase()} `, role, id === 'cy' ? 'of-somebody-else' : externalId].join(','),
    );
    writeFileSync(
      join(folder.path, 'class.csv'),
      `${['learner id,e-mail,role,external id', ...rows].join('\n')}\n`,
    );
  });
  after(async () => {
    await people?.stop();
    await folder?.remove();
  });

  it('is made without an AWS call, a secret or a solution in it', async () => {
    const calls = people.records.length;
    const { code, stdout, stderr } = await make('--region', people.sandbox.region);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include('made is ready, for 3 learners').and.to.include('aws-credentials');
    expect(people.records.length).to.equal(calls);
    const files = filesOf('made');
    expect(files).to.include.members(['setup.sh', 'run_autograder', 'autograder.json', 'lab.yaml']);
    expect(files.filter((file) => /proof|credentials$|\.key$/.test(file))).to.deep.equal([]);
    expect(
      Object.keys(JSON.parse(readFileSync(join(folder.path, 'made/autograder.json'), 'utf8'))),
    ).to.have.members(['schema', 'for', 'lab', 'judging', 'learners']);
  });

  it('tells of a policy with which an identity may enter these accounts, and nothing else', async () => {
    const { administrator, region, url } = people.sandbox;
    const own = new AwsCaller({ region, endpoint: url, credentials: administrator });
    const policy = readFileSync(join(folder.path, 'made/assume-policy.json'), 'utf8');
    await own.send('iam:CreateUser', { UserName: 'autograder' });
    await own.send('iam:PutUserPolicy', {
      UserName: 'autograder',
      PolicyName: 'assume',
      PolicyDocument: policy,
    });
    const key = accessKeyIn(await own.send('iam:CreateAccessKey', { UserName: 'autograder' }));
    own.close();
    secret = key.secretAccessKey;
    writeFileSync(
      join(folder.path, 'made/aws-credentials'),
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${secret}\n`,
    );
    const grader = new AwsCaller({ region, endpoint: url, credentials: key });
    const refused = [
      grader.send('sts:AssumeRole', { RoleArn: member('ada').role, RoleSessionName: 'without-external-id' }),
      grader.send('iam:ListUsers', {}),
    ];
    for (const call of refused) {
      const error = await call.then(
        () => undefined,
        (one: { code?: string }) => one.code,
      );
      expect(error).to.match(/^AccessDenied/);
    }
    grader.close();
  });

  it('scores what the account shows, whatever is handed in, and leaks nothing', async () => {
    const from = people.records.length;
    const forged = JSON.stringify({ score: 100, tests: [] });
    const { code, stdout, stderr, results } = await container('ada').run({
      email: emailOf('Ada'),
      files: { 'result.json': forged, 'results.json': forged },
    });
    expect(code, stderr).to.equal(0);
    expect(results?.score).to.equal(30);
    expect(results?.tests.filter(({ status }) => status === 'passed').length).to.be.at.least(3);
    for (const text of [stdout, stderr, JSON.stringify(results)]) expect(text).to.not.include(secret);
    expect(JSON.stringify(results)).to.not.include(member('ada').externalId);
    const calls = people.records.slice(from).map(({ call }) => call);
    expect(calls).to.include('sts:AssumeRole');
    expect(calls.filter((call) => /:(Create|Delete|Put|Update)/.test(call))).to.deep.equal([]);
  });

  it('gives no score where the account cannot be entered, or the last one again', async () => {
    const ran = await container('cy').run({ email: emailOf('cy') });
    expect([ran.code, ran.results]).to.deep.equal([3, undefined]);
    expect(ran.stderr).to.match(/^No score is given\. .*AssumeRole/);

    const bob = container('bob');
    const first = await bob.run({ email: emailOf('bob') });
    expect(first.results?.score).to.equal(15);
    await people.deny(member('bob'), 'kms:*', 'dynamodb:*', 'iam:*');
    if (!first.results) throw new Error('There are no results.');
    // What was earned stays where this run cannot judge it.
    const second = await bob.run({ email: emailOf('bob'), previous: [first.results] });
    expect(second.results?.score).to.equal(15);
    expect(second.results?.output).to.include('could not be judged: they are not lost');

    const gone = container('bob-gone');
    const source = join(gone.root, 'source', 'autograder.json');
    writeFileSync(source, readFileSync(source, 'utf8').replace(member('bob').externalId, 'another-id'));
    const third = await gone.run({ email: emailOf('bob'), previous: [first.results] });
    expect([third.code, third.results?.score]).to.deep.equal([0, 15]);
    expect(third.results?.output)
      .to.match(/^This submission could not be judged\./)
      .and.to.include('The score is that of your submission of 2026-11-01');
  });

  it('gives no score to somebody who is not in the roster, and none of an earlier run', async () => {
    const ada = container('stranger');
    expect((await ada.run({ email: emailOf('ada') })).results?.score).to.equal(30);
    const { code, stderr, results } = await ada.run({ email: 'mallory@example.org' });
    expect([code, results]).to.deep.equal([3, undefined]);
    expect(stderr).to.include('Nobody in the roster has the e-mail address mallory@example.org');
  });

  it("never takes the container's own credentials", async () => {
    let asked = 0;
    const { accessKeyId, secretAccessKey } = people.sandbox.administrator;
    const server = createServer((_, response) => {
      asked++;
      response.end(
        JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: 't' }),
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const { port } = server.address() as AddressInfo;
      const alone = container('alone', {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/`,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}`,
        AWS_EC2_METADATA_DISABLED: 'false',
      });
      writeFileSync(join(alone.root, 'source', 'aws-credentials'), '');
      const { code, stderr, results } = await alone.run({ email: emailOf('ada') });
      expect([code, results]).to.deep.equal([3, undefined]);
      expect(stderr).to.match(/^No score is given\. The autograder has no AWS credentials that work/);
      expect(asked).to.equal(0);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });

  it('is made again over itself, and leaves what the instructor put there', async () => {
    expect((await make('--region', 'eu-west-1')).code).to.equal(0);
    expect(existsSync(join(folder.path, 'made/aws-credentials'))).to.equal(true);
    const other = await labwright(
      [
        'autograder',
        'make',
        lab,
        '--for',
        'gradescope',
        '--roster',
        'class.csv',
        '--region',
        'eu-west-1',
        '--out',
        '.',
      ],
      { cwd: folder.path },
    );
    expect(other.code).to.equal(2);
    expect(other.stderr).to.include('holds other files');
  });

  it('is not made from a roster that leaves open who somebody is', async () => {
    const line = (id: string, email: string) =>
      `${id},${email},arn:aws:iam::111122223333:role/grader,an-external-id`;
    for (const [rows, told] of [
      [[line('ada', '')], 'ada has no e-mail address'],
      [[line('ada', 'a@example.org'), line('bob', 'A@example.org')], 'bob has the e-mail address of ada'],
      [['ada,a@example.org,no role at all,x y'], 'Not every line'],
    ] as const) {
      writeFileSync(join(folder.path, 'bad.csv'), `learner id,e-mail,role,external id\n${rows.join('\n')}\n`);
      const args = ['--for', 'gradescope', '--roster', 'bad.csv', '--region', 'eu-west-1', '--out', 'bad'];
      const { code, stderr } = await labwright(['autograder', 'make', lab, ...args], { cwd: folder.path });
      expect(code).to.equal(2);
      expect(stderr).to.include(told);
      expect(existsSync(join(folder.path, 'bad'))).to.equal(false);
    }
  });
});
