/** The built command on a real Redis: whoever grades has no AWS credentials, the workers have them. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { classResultSchema } from '../../runner/class-result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, labwright, mainFile } from '../support/labwright.ts';
import { redisServer } from '../support/requires.ts';
import { RoleClass, rosterOf } from '../support/role-class.ts';
import { RunningRedis } from '../support/running-redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import '../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright worker', function () {
  this.timeout(120_000);
  let people: RoleClass;
  let redis: RunningRedis;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  before(async function () {
    const program = redisServer.call(this);
    folder = await temporaryFolder();
    redis = await RunningRedis.start(program);
    people = await RoleClass.start(await readLab(firstLab));
    for (const [nth, id] of ['ada', 'bob', 'cy'].entries()) {
      const member = await people.join(id);
      await people.solve(member, ...['key', 'table', 'data'].slice(0, nth + 1));
    }
    writeFileSync(join(folder.path, 'class.csv'), rosterOf(people.members, { cy: { externalId: 'wrong' } }));
  });
  after(async () => {
    await people?.stop();
    await redis?.remove();
    await folder?.remove();
  });

  const queue = () => ['--queue', `redis://127.0.0.1:${redis.port}`];
  const password = () => ({ LABWRIGHT_QUEUE_PASSWORD: redis.password });
  const grade = (out: string, env: Record<string, string>, ...more: string[]) =>
    labwright(['grade', lab, '--roster', 'class.csv', '--out', out, ...more], { cwd: folder.path, env });
  const book = (out: string) =>
    classResultSchema
      .parse(JSON.parse(readFileSync(join(folder.path, out, 'class.json'), 'utf8')))
      .learners.map(({ id, points, unjudged }) => ({ id, points, unjudged }));
  const worker = (...more: string[]) => {
    const child = spawn(process.execPath, [mainFile, 'worker', ...queue(), ...more], {
      cwd: folder.path,
      env: bareEnvironment({ ...people.env, ...password() }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return {
      said: () => said,
      async end() {
        child.kill('SIGINT');
        return ended;
      },
    };
  };

  for (const [how, more] of [
    ['through the queue', []],
    ['in the shared folder', ['--out', 'in the shared folder']],
  ] as const) {
    it(`grades for somebody without AWS credentials, with results ${how}`, async () => {
      const alone = await grade('alone', people.env);
      expect(alone.code, alone.stderr).to.equal(3);
      const working = worker(...more);
      const { code, stdout, stderr } = await grade(how, password(), ...queue());
      expect(code, stderr).to.equal(3);
      expect(book(how)).to.deep.equal(book('alone'));
      expect(book(how).find(({ id }) => id === 'cy')?.points).to.equal(null);
      expect(readFileSync(join(folder.path, how, 'learners/ada/report.md'), 'utf8')).to.include('KMS');
      expect(await working.end(), working.said()).to.equal(0);
      expect(working.said())
        .to.include('Working at redis://127.0.0.1:')
        .and.to.match(/^ada: graded, \d+ of 100/m);
      expect(stdout + stderr + working.said()).not.to.include(redis.password);
    });
  }

  it('says how the queue cannot be used', async () => {
    const wrong = await grade('no', { LABWRIGHT_QUEUE_PASSWORD: 'not-this-one' }, ...queue());
    expect(wrong.code).to.equal(2);
    expect(wrong.stderr).to.include('WRONGPASS').and.not.to.include('not-this-one');
  });
});
