/**
 * Roles through which the table cannot be read, so that the test user's refusal has no control: grading makes no trial, and comes to the
 * same however often it is repeated. What was tried otherwise counts by CloudTrail's record, whoever tried.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CallError } from '../../checks/call.ts';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { type ClassResult, classResultSchema } from '../../runner/class-result.ts';
import { atOnce } from '../../sandbox/timing/timing.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { type ClassMember, RoleClass, rosterOf } from '../support/role-class.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import '../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';
const [user, table] = ['nextwork-kms-user', 'nextwork-kms-table'];
/** CloudTrail's delay, and longer than it. */
const [eventsMs, aWhile] = [4 * 60_000, 6 * 60_000];

describe('labwright grade, of accounts whose table it may not read', function () {
  this.timeout(180_000);
  let people: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const without = ['dynamodb:Scan', 'kms:Decrypt', 'dynamodb:DescribeTable'] as const;

  before(async () => {
    people = await RoleClass.start(await readLab(firstLab));
    people.sandbox.setTiming({ ...atOnce, eventsMs });
    folder = await temporaryFolder();
    for (const action of without) {
      const member = await people.join(action.replace(':', '-'), '--allow-probe');
      await people.solve(member, 'key', 'table', 'data', 'user');
      await people.deny(member, action);
    }
  });
  after(async () => {
    await people.stop();
    await folder.remove();
  });

  const member = (action: (typeof without)[number]): ClassMember => {
    const found = people.members.find(({ id }) => id === action.replace(':', '-'));
    if (!found) throw new Error(`Nobody lacks ${action}.`);
    return found;
  };
  const grade = async (out: string, members: readonly ClassMember[]): Promise<ClassResult> => {
    const roster = join(folder.path, `${out}.csv`);
    writeFileSync(roster, rosterOf(members));
    const args = ['grade', lab, '--roster', roster, '--out', out, '--probe', 'key', '--json'];
    const { stdout, stderr } = await labwright(args, { cwd: folder.path, env: people.env });
    expect(stdout, stderr).not.to.equal('');
    people.sandbox.clock.advance(aWhile);
    return classResultSchema.parse(JSON.parse(stdout));
  };
  const told = ({ learners }: ClassResult) =>
    learners.map(({ id, points, unjudged, attempts, checks }) => ({
      id,
      points,
      unjudged,
      attempts,
      verdicts: checks.map(({ verdict }) => verdict),
      denial: checks.find((check) => check.id === 'deny/0')?.points,
    }));

  it('tries nobody without a control, and comes to the same each time', async () => {
    const from = people.records.length;
    const first = told(await grade('repeated', people.members));
    for (const { denial, attempts } of first) expect([denial, attempts]).to.deep.equal([null, 0]);
    expect(first.map(({ points }) => points)).to.deep.equal([45, 45, 35]);
    expect(told(await grade('repeated', people.members))).to.deep.equal(first);
    expect(told(await grade('elsewhere', people.members))).to.deep.equal(first);
    const made = people.records.slice(from).filter(({ call }) => call === 'iam:CreateAccessKey');
    expect(made).to.deep.equal([]);
  });

  it('counts what the learner tried, once CloudTrail has it', async () => {
    const learner = member('dynamodb:Scan');
    await tryAsUser(people, learner);
    const early = told(await grade('learner', [learner]))[0];
    expect(early).to.include({ points: 45, denial: null });
    const later = told(await grade('learner', [learner]))[0];
    expect(later).to.include({ points: 70, denial: 25 });
    expect(told(await grade('learner', [learner]))[0]).to.deep.equal(later);
  });

  it('counts what an earlier grading tried as much as it did the first time', async () => {
    const learner = member('kms:Decrypt');
    // In place of what was denied before: the role may read the table now.
    await people.deny(learner, 'iam:DeleteUser');
    const [tried] = told(await grade('tried', [learner]));
    expect(tried).to.include({ points: 80, denial: 25 });
    await people.deny(learner, 'dynamodb:Scan');
    // In a folder that knows nothing of the first one.
    const [looked] = told(await grade('looked-up', [learner]));
    expect(looked).to.include({ points: 70, denial: 25 });
    expect(told(await grade('looked-up', [learner]))[0]).to.deep.equal(looked);
  });
});

/** The test user scans the table with a key of its own, and is refused. */
async function tryAsUser(people: RoleClass, { caller }: ClassMember): Promise<void> {
  const key = accessKeyIn(await caller.send('iam:CreateAccessKey', { UserName: user }));
  const { region, url } = people.sandbox;
  const asUser = new AwsCaller({ region, endpoint: url, credentials: key });
  const refused = await asUser.send('dynamodb:Scan', { TableName: table }).then(
    () => undefined,
    (error: unknown) => (error instanceof CallError ? error.code : error),
  );
  asUser.close();
  expect(refused).to.equal('AccessDeniedException');
  await caller.send('iam:DeleteAccessKey', { UserName: user, AccessKeyId: key.accessKeyId });
}
