/** Results that an instructor signs and anybody verifies, with the built command. */
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { Result } from '../../runner/result.ts';
import { graderRole } from '../../runner/role/grader-role.ts';
import {
  type InstructorAndLearner,
  instructorAndLearner,
  makeRole,
} from '../support/instructor-and-learner.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const externalId = 'learner-17';

describe('a signed result', function () {
  this.timeout(60_000);
  let world: InstructorAndLearner;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let roleArn: string;
  let key: string;
  let sealed: string;
  /** Everything that any command printed. */
  let printed = '';

  const run = async (args: string[], env: Record<string, string> = {}) => {
    const ran = await labwright(args, { cwd: folder.path, env });
    printed += ran.stdout + ran.stderr;
    return ran;
  };
  const role = () => ['--role', roleArn, '--external-id', externalId];
  const write = async (name: string, text: string) => {
    await writeFile(join(folder.path, name), text);
    return name;
  };
  const edited = async (edit: (result: Result, whole: { seal: { finishedAt: string } }) => void) => {
    const copy = JSON.parse(sealed) as { result: Result; seal: { finishedAt: string } };
    edit(copy.result, copy);
    return write('edited.json', JSON.stringify(copy));
  };

  before(async () => {
    world = await instructorAndLearner();
    folder = await temporaryFolder();
    for (const stage of ['key', 'table', 'data', 'user'])
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: world.learner.caller, params });
    const { name, trust, permissions } = graderRole({
      lab,
      settings: {},
      instructor: world.instructor.accountId,
      externalId,
      allowProbe: true,
    });
    roleArn = await makeRole(world, { name, trust, permissions });
    const made = await run(['keygen', 'instructor.key']);
    expect(made.code, made.stderr).to.equal(0);
    key = made.stdout.trim();
    const graded = await run(
      ['check', lab.id, ...role(), '--probe', 'key', '--sign', 'instructor.key'],
      world.instructor.env,
    );
    // The last stages are not done yet.
    expect(graded.code, graded.stderr).to.equal(1);
    sealed = graded.stdout;
    await write('sealed.json', sealed);
  });
  after(async () => {
    await world?.close();
    await folder?.remove();
  });

  it('is signed with a key that only its owner reads, and that is printed nowhere', async () => {
    expect(key).to.match(/^ed25519:[\w-]{43}$/);
    const file = join(folder.path, 'instructor.key');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).to.equal(0o600);
    const secret = (await readFile(file, 'utf8')).split('\n')[1] ?? '';
    expect(secret).to.have.length(64);
    expect(printed).to.not.include(secret).and.not.include('PRIVATE KEY');

    const again = await run(['keygen', 'instructor.key']);
    expect(again.code).to.equal(2);
    expect(again.stderr).to.include('is there already, and is left as it is');
    expect(await readFile(file, 'utf8')).to.include(secret);
  });

  it('is refused a key that others can read, that is none, or that is not there, before anything is checked', async function () {
    if (process.platform === 'win32') this.skip();
    const sign = (file: string) => run(['check', lab.id, ...role(), '--sign', file], world.instructor.env);
    const calls = world.records.length;
    await write('open.key', await readFile(join(folder.path, 'instructor.key'), 'utf8'));
    await chmod(join(folder.path, 'open.key'), 0o644);
    await write('none.key', 'hunter2');
    await chmod(join(folder.path, 'none.key'), 0o600);
    for (const [file, told] of [
      ['open.key', 'Run `chmod 600 open.key`'],
      ['none.key', 'holds no ed25519 key'],
      ['absent.key', 'is not there'],
    ] as const) {
      const { code, stderr } = await sign(file);
      expect(code).to.equal(2);
      expect(stderr).to.include(told).and.not.include('hunter2');
    }
    expect(world.records.length).to.equal(calls);
    const own = await run(['check', lab.id, '--sign', 'instructor.key'], world.learner.env);
    expect(own.code).to.equal(2);
    expect(own.stderr).to.include('name its `--role` as well');
  });

  it('is verified with the public key, in a line or in a file, offline', async () => {
    const calls = world.records.length;
    await write('instructor.pub', `${key}\n`);
    for (const named of [key, 'instructor.pub']) {
      const { code, stdout } = await run(['verify-result', 'sealed.json', '--key', named]);
      expect(code, stdout).to.equal(0);
      expect(stdout)
        .to.include('✔')
        .and.to.include('1 result of the sandbox, which is not AWS')
        .and.not.include('✘');
    }
    const unnamed = await run(['verify-result', 'sealed.json']);
    expect(unnamed.code).to.equal(3);
    expect(unnamed.stdout).to.include(key).and.to.include('whose key that is, the file cannot tell');
    expect(world.records.length).to.equal(calls);
    const seal = (JSON.parse(sealed) as { seal: Record<string, unknown> }).seal;
    expect(seal).to.deep.include({
      lab: { id: lab.id, digest: lab.digest },
      account: { id: world.learner.accountId, region: 'us-east-1', kind: 'sandbox' },
    });
    expect(seal.principal).to.include(':assumed-role/labwright-grader-');
  });

  it('shows an edit, another signer, and another version of the lab', async () => {
    const better = await edited(({ score, stages }) => {
      score.points = score.max;
      for (const stage of stages) stage.points = stage.max;
    });
    const changed = await run(['verify-result', better, '--key', key]);
    expect(changed.code).to.equal(1);
    expect(changed.stdout)
      .to.include('Edited after it was sealed')
      .and.to.include('The points do not add up');
    const later = await edited((_, { seal }) => {
      seal.finishedAt = '2030-01-01T00:00:00.000Z';
    });
    const unsigned = await run(['verify-result', later, '--key', key]);
    expect(unsigned.code).to.equal(1);
    expect(unsigned.stdout).to.include('The signature does not belong to what is there');

    const other = (await run(['keygen', 'other.key'])).stdout.trim();
    const stranger = await run(['verify-result', 'sealed.json', '--key', other]);
    expect(stranger.code).to.equal(1);
    expect(stranger.stdout).to.include(`Signed with another key than ${other}`);

    const text = await readFile(lab.file, 'utf8');
    const version = await write('lab.yaml', text.replace('points: 10', 'points: 11'));
    const moved = await run(['verify-result', 'sealed.json', '--key', key, '--lab', version]);
    expect(moved.code).to.equal(1);
    expect(moved.stdout).to.include('Graded by another version of the lab');
  });

  it('is known to CloudTrail, through the role or with credentials of the account', async () => {
    for (const [args, env] of [
      [role(), world.instructor.env],
      [[], world.learner.env],
    ] as const) {
      const { code, stdout } = await run(
        ['verify-result', 'sealed.json', '--key', key, '--live', ...args],
        env,
      );
      expect(code, stdout).to.equal(0);
      const [, count = '0'] =
        /CloudTrail recorded (\d+) requests as the result tells them/.exec(stdout) ?? [];
      expect(Number(count)).to.be.greaterThan(10);
    }
    const elsewhere = await run(
      ['verify-result', 'sealed.json', '--key', key, '--live'],
      world.instructor.env,
    );
    expect(elsewhere.code).to.equal(3);
    expect(elsewhere.stdout).to.include(`You look into the account ${world.instructor.accountId}`);
    const refused = await run(
      ['verify-result', 'sealed.json', '--key', key, '--live', '--role', roleArn, '--external-id', 'wrong'],
      world.instructor.env,
    );
    expect(refused.code).to.equal(3);
    expect(refused.stdout).to.include('the external id may be another than "wrong"');
  });

  it('made by the learner alone is self-attested, and invented requests in it are found', async () => {
    const own = await run(['check', lab.id, '--json', '--probe', 'history'], world.learner.env);
    await write('own.json', own.stdout);
    const offline = await run(['verify-result', 'own.json']);
    expect(offline.code).to.equal(3);
    expect(offline.stdout).to.include('Self-attested');
    const live = await run(['verify-result', 'own.json', '--live'], world.learner.env);
    expect(live.code, live.stdout).to.equal(3);
    expect(live.stdout).to.include('as the result tells them');

    const hourAgo = (at: string) => new Date(Date.parse(at) - 2 * 3_600_000).toISOString();
    const tampered = async (
      name: string,
      edit: (one: Result['stages'][0]['checks'][0]['evidence'][0]) => void,
    ) => {
      const copy = JSON.parse(own.stdout) as Result;
      for (const one of copy.stages.flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence)))
        edit(one);
      return run(['verify-result', await write(name, JSON.stringify(copy)), '--live'], world.learner.env);
    };
    const invented = await tampered('invented.json', (one) => {
      one.requestId = `${one.requestId}0`;
      one.at = hourAgo(one.at);
    });
    expect(invented.code, invented.stdout).to.equal(1);
    expect(invented.stdout).to.include('knows nothing of');
    const lent = await tampered('lent.json', (one) => {
      one.call = one.call === 'iam:GetUser' ? 'iam:GetRole' : one.call;
    });
    expect(lent.code, lent.stdout).to.equal(1);
    expect(lent.stdout).to.include('CloudTrail recorded otherwise').and.to.include('it was iam:GetUser');
    const untimed = await tampered('untimed.json', (one) => {
      one.at = 'yesterday';
    });
    expect(untimed.code, untimed.stdout).to.equal(1);
  });

  it('is no other file, and says so', async () => {
    for (const [name, text, told] of [
      ['empty.json', '', 'is empty'],
      ['list.json', '[]', 'no result of Labwright'],
      ['words.txt', 'hello\n', 'line 1 is no sealed result'],
    ] as const) {
      const { code, stderr } = await run(['verify-result', await write(name, text)]);
      expect(code).to.equal(2);
      expect(stderr).to.include(told).and.not.include('    at ');
    }
    expect((await run(['verify-result', 'nowhere.json'])).code).to.equal(2);
    const { code, stderr } = await run(['verify-result', 'sealed.json', '--key', 'nothing']);
    expect(code).to.equal(2);
    expect(stderr).to.include('is neither a public key nor a file');
  });
});
