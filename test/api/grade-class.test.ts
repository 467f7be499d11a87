/** `gradeClass` and `graderRole` of the library, on accounts of one sandbox. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import {
  gradeClass,
  graderRole,
  KeyFileProblem,
  type Lab,
  LabProblems,
  loadLab,
  type OpenSandbox,
  openSandbox,
  PlanError,
  solveLab,
} from '../../index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const header = 'learner id,role,external id,profile,extension';

describe('grading a class with the library', function () {
  this.timeout(120_000);
  let lab: Lab;
  let sandbox: OpenSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  /** By learner. */
  const line: Record<string, string> = {};
  const credentialsFile = process.env.AWS_SHARED_CREDENTIALS_FILE;

  before(async () => {
    lab = await loadLab('encrypt-data-with-kms');
    sandbox = await openSandbox();
    folder = await temporaryFolder();
    for (const id of ['ada', 'bob', 'dee', 'eve']) {
      const learner = sandbox.addAccount();
      const role = await graderRole(lab, { instructor: sandbox.accountId });
      const iam = new IAMClient(learner);
      const RoleName = role.roleName;
      await iam.send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(role.trust) }),
      );
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'checks',
          PolicyDocument: JSON.stringify(role.permissions),
        }),
      );
      iam.destroy();
      await solveLab(lab, { account: learner, stages: id === 'ada' ? ['key', 'table'] : ['key'] });
      line[id] = `${id},arn:aws:iam::${learner.accountId}:role/${RoleName},${role.externalId},`;
    }
    const own = sandbox.addAccount();
    await solveLab(lab, { account: own, stages: ['key'] });
    const file = join(folder.path, 'credentials');
    writeFileSync(
      file,
      `[of-cy]\naws_access_key_id = ${own.credentials.accessKeyId}\naws_secret_access_key = ${own.credentials.secretAccessKey}\n`,
    );
    process.env.AWS_SHARED_CREDENTIALS_FILE = file;
    line.cy = 'cy,,,of-cy';
  });
  after(async () => {
    if (credentialsFile === undefined) delete process.env.AWS_SHARED_CREDENTIALS_FILE;
    else process.env.AWS_SHARED_CREDENTIALS_FILE = credentialsFile;
    await sandbox?.close();
    await folder?.remove();
  });

  const roster = (...ids: string[]) => [header, ...ids.map((id) => `${line[id]},`)].join('\n');
  const at = (name: string) => ({ account: sandbox, folder: join(folder.path, name), patienceMs: 0 });

  it('tells of each learner, of the class, and writes the files', async () => {
    const run = gradeClass(lab, { ...at('whole'), roster: roster('ada', 'bob') });
    const told: string[] = [];
    for await (const { learner, total } of run) told.push(`${learner} of ${total}`);
    expect(told).to.have.members(['ada of 2', 'bob of 2']);
    const { result, files, problems } = await run.done;
    expect(result.learners.map(({ id, points }) => [id, points])).to.deep.equal([
      ['ada', 30],
      ['bob', 15],
    ]);
    for (const file of files) expect(existsSync(file), file).to.equal(true);
    expect(problems).to.deep.equal([]);
  });

  it('ends with the reason of the signal, and goes on the next time', async () => {
    const leaving = new AbortController();
    const first = gradeClass(lab, {
      ...at('ended'),
      roster: roster('ada', 'bob', 'dee', 'eve'),
      concurrency: 1,
      signal: leaving.signal,
    });
    for await (const { learner } of first) {
      expect(learner).to.equal('ada');
      leaving.abort(new Error('enough'));
      break;
    }
    expect(await first.done.catch((error: Error) => error.message)).to.equal('enough');
    const second = gradeClass(lab, { ...at('ended'), roster: roster('ada', 'bob', 'dee', 'eve') });
    const told: string[] = [];
    for await (const { learner } of second) told.push(learner);
    expect(told).to.include('eve').and.not.to.include('ada');
    const { result } = await second.done;
    expect(result.learners.map(({ id, attempts }) => [id, attempts])).to.deep.equal([
      ['ada', 1],
      ['bob', 1],
      ['dee', 1],
      ['eve', 1],
    ]);
  });

  it('enters who has a profile with it, and not with the credentials of the instructor', async () => {
    const { result } = await gradeClass(lab, { ...at('profile'), roster: roster('cy') }).done;
    // There is nothing in the account of the instructor.
    expect(result.learners[0]).to.include({ points: 15, unjudged: 0 });
  });

  it('takes the times of the roster in the time zone of the policy', async () => {
    // An hour from now in Honolulu, ten hours behind UTC; read as UTC it would be nine hours ago.
    const local = new Date(Date.now() - 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    const policy = 'time-zone: Pacific/Honolulu\ndue: 2020-01-01\nlate: refuse\n';
    const grade = async (name: string, extension: string) => {
      const csv = `${header}\n${line.ada},${extension}`;
      const { result } = await gradeClass(lab, { ...at(name), roster: csv, policy }).done;
      return result.learners[0]?.points;
    };
    expect(await grade('zone', local)).to.equal(30);
    expect(await grade('late', '')).to.equal(0);
  });

  it('grades the others where a line of the roster is wrong, and says what is wrong', async () => {
    const csv = `${roster('ada')}\nbob,no-role,,,`;
    const { result, problems } = await gradeClass(lab, { ...at('lines'), roster: csv }).done;
    expect(result.learners.map(({ id }) => id)).to.deep.equal(['ada']);
    expect(problems.map(({ severity, line }) => [severity, line])).to.deep.include(['error', 3]);
  });

  it('refuses what cannot be graded, before anything is written', async () => {
    const refusal = async (more: object): Promise<Error> => {
      try {
        await gradeClass(lab, { ...at('refused'), roster: roster('ada'), ...more }).done;
      } catch (error) {
        return error as Error;
      }
      throw new Error('It was not refused.');
    };
    const nobody = await refusal({ roster: 'learner id\nada' });
    expect(nobody).to.be.instanceOf(PlanError);
    expect(nobody.message).to.match(/^Nobody in the roster can be graded\. Line /);
    expect((await refusal({ only: ['zoe'] })).message).to.include('no learner zoe');
    expect((await refusal({ roster: new Uint8Array([0x50, 0x4b, 3, 4]) })).message).to.include(
      'is a spreadsheet',
    );
    expect(await refusal({ policy: 'late: sometimes' })).to.be.instanceOf(LabProblems);
    expect(await refusal({ overrides: 'learners: {}\nbuy: me' })).to.be.instanceOf(LabProblems);
    expect(await refusal({ signingKey: join(folder.path, 'none') })).to.be.instanceOf(KeyFileProblem);
    const wrong = {
      ...sandbox,
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wrong' },
    };
    expect((await refusal({ account: wrong })).name).to.equal('CallError');
    expect(existsSync(join(folder.path, 'refused'))).to.equal(false);
  });
});
