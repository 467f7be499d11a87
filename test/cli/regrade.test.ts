import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { firstLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright regrade', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let sandbox: RunningSandbox;
  let kept: string;
  let labText: string;

  /** A copy of the lab in which a text stands in place of another. */
  const changedLab = (from: string, to: string): string => {
    expect(labText).to.include(from);
    const file = join(folder.path, `${to.replace(/\W+/g, '-').slice(0, 40)}.yaml`);
    writeFileSync(file, labText.replace(from, to));
    return file;
  };
  const regrade = async (labFile: string, recordings = kept) => {
    const ran = await labwright(['regrade', labFile, '--recordings', recordings, '--json'], {
      cwd: folder.path,
    });
    return { ...ran, told: ran.stdout === '' ? undefined : JSON.parse(ran.stdout) };
  };

  before(async () => {
    folder = await temporaryFolder();
    sandbox = await runSandbox();
    const on = (...args: string[]) => labwright(args, { cwd: folder.path, env: sandbox.env });
    await on('solve', lab, 'key', 'table', 'data', 'user');
    const first = await on('check', lab, '--probe', 'key');
    expect(first.stdout).to.match(/deny\s+25\/25/);
    await on('solve', lab, 'grant');
    const second = await on('check', lab, '--probe', 'key');
    expect(second.stdout)
      .to.match(/deny\s+25\/25/)
      .and.to.match(/grant\s+(\d+)\/\1/);
    kept = join(folder.path, '.labwright', lab, 'recordings');
    labText = readFileSync(join(firstLab, 'lab.yaml'), 'utf8');
  });
  after(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  it('finds a recording of each run in the state folder, without the key that was made', () => {
    const files = readdirSync(kept);
    expect(files).to.have.length(2);
    const texts = files.map((file) => gunzipSync(readFileSync(join(kept, file))).toString('utf8'));
    for (const text of texts) {
      expect(text).to.include('CreateAccessKey').and.to.include('(removed)');
      expect(text).not.to.include(sandbox.env.AWS_SECRET_ACCESS_KEY);
    }
  });

  it('changes nothing under the same lab, and makes no call', async () => {
    const { code, stdout, stderr } = await labwright(['regrade', lab, '--recordings', kept], {
      cwd: folder.path,
    });
    expect(stderr).to.include('2 recordings judged again').and.to.include('no AWS call was made');
    expect(stdout).to.equal(
      'Of 1 learners 0 gain points, 0 lose points, and 1 keep theirs. The lab file is the one that they were graded with.\n',
    );
    expect(code).to.equal(0);
  });

  it('says who gains by other points, and keeps what was seen before the grant', async () => {
    const more = await regrade(changedLab('points: 25', 'points: 35'));
    expect(more.code).to.equal(0);
    expect(more.told).to.include({ learners: 1, gain: 1, lose: 0, labChanged: 1 });
    const [one] = more.told.changed;
    expect(one.after.points - one.before.points).to.equal(10);
    expect(one.changes).to.have.length(1);
    const [{ before, after }] = one.changes;
    expect([before.points, after.points, before.verdict, after.verdict]).to.deep.equal([
      25,
      35,
      'pass',
      'pass',
    ]);
  });

  it('says check by check why somebody loses', async () => {
    const file = changedLab('partitionKey: id', 'partitionKey: userId');
    const { told } = await regrade(file);
    expect(told).to.include({ gain: 0, lose: 1 });
    const table = told.changed[0].changes.find(
      ({ check }: { check: string }) => check === 'dynamodb/table-exists',
    );
    expect(table.before).to.include({ verdict: 'pass', points: 5 });
    expect(table.after).to.include({ verdict: 'fail', points: 0 });
    expect(table.after.message).to.include('is id');

    const shown = await labwright(['regrade', file, '--recordings', kept], { cwd: folder.path });
    expect(shown.stdout)
      .to.include('table: dynamodb/table-exists')
      .and.to.match(/before: ✔ pass, 5\/5\./);
    expect(shown.stdout)
      .to.match(/now {3}: ✘ fail, 0\/5\. /)
      .and.to.include('1 lose points');
  });

  it('cannot judge what nobody asked then, and takes no points for it', async () => {
    // The recorded names stand; a check that is pointed at another thing asks what is not in the recording.
    const other = await regrade(
      changedLab('{ table: "${table}", partitionKey', '{ table: other-table, partitionKey'),
    );
    expect(other.told).to.include({ gain: 0, lose: 0 });
    const changes = other.told.changed[0].changes;
    const table = changes.find(({ check }: { check: string }) => check === 'dynamodb/table-exists');
    expect(table.after).to.include({ verdict: 'error', points: 5 });
    expect(table.after.message).to.include('the recording holds no such call');
  });

  it('names recordings that are damaged, foreign, copied or lack an earlier one, and goes on with the others', async () => {
    const mixed = join(folder.path, 'mixed');
    mkdirSync(join(mixed, 'ada'), { recursive: true });
    const [first = '', second = ''] = readdirSync(kept);
    for (const file of [first, second]) copyFileSync(join(kept, file), join(mixed, 'ada', file));
    copyFileSync(join(kept, first), join(mixed, 'copy.recording.jsonl.gz'));
    copyFileSync(join(kept, second), join(mixed, 'cut.recording.jsonl.gz'));
    truncateSync(join(mixed, 'cut.recording.jsonl.gz'), 300);
    const { code, told, stderr } = await regrade(lab, mixed);
    expect(code).to.equal(3);
    expect(told).to.include({ learners: 1, recordings: 2, same: 1 });
    const problems = told.problems.map(({ problem }: { problem: string }) => problem).join('\n');
    expect(problems).to.match(/copy\.recording\.jsonl\.gz: is the same run as .*ada/);
    expect(problems).to.include('cut.recording.jsonl.gz: ends in the middle');
    expect(stderr)
      .to.include('Not regraded: ')
      .and.not.to.match(/^ {4}at /m);

    const alone = await regrade(lab, join(kept, second));
    expect(alone.code).to.equal(3);
    expect(alone.told.problems[0].problem).to.include('stands on an earlier run whose recording is not here');

    const foreign = await regrade(changedLab(`id: ${lab}`, 'id: another-lab'));
    expect(foreign.code).to.equal(3);
    expect(foreign.told.problems[0].problem).to.include(`is of the lab ${lab}, not of another-lab`);

    const none = await labwright(['regrade', lab, '--recordings', firstLab], { cwd: folder.path });
    expect(none.code).to.equal(2);
    expect(none.stderr).to.include('There is no recording in ');
  });
});
