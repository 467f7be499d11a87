/** A class is graded by role with the built command: on one sandbox, every learner in an account of their own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ClassLearner, type ClassResult, classResultSchema } from '../../runner/class-result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { RoleClass, rosterOf } from '../support/role-class.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import '../support/quiet-sdk.ts';

describe('labwright grade', function () {
  this.timeout(120_000);
  let members: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let out: string;

  const grade = (...more: string[]) =>
    labwright(['grade', 'encrypt-data-with-kms', '--roster', 'class.csv', '--out', 'class', ...more], {
      cwd: folder.path,
      env: members.env,
    });
  const classResult = (): ClassResult =>
    classResultSchema.parse(JSON.parse(readFileSync(join(out, 'class.json'), 'utf8')));
  const learner = (id: string): ClassLearner => {
    const found = classResult().learners.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the class result.`);
    return found;
  };

  before(async () => {
    members = await RoleClass.start(await readLab(firstLab));
    folder = await temporaryFolder();
    out = join(folder.path, 'class');
    const names = ['ada', 'bob', 'cy', 'dee', 'eve', 'fay'];
    for (const id of names) await members.join(id, ...(id === 'ada' ? ['--allow-probe'] : []));
    const [ada, bob, , dee] = members.members;
    if (!ada || !bob || !dee) throw new Error('The class is not complete.');
    await members.solve(ada, 'key', 'table', 'data', 'user');
    await members.solve(bob, 'key', 'table');
    await members.mistake(dee, 'key', 'asymmetric-key');
    const roster = rosterOf(members.members, {
      eve: { externalId: 'of-somebody-else' },
      fay: { role: `arn:aws:iam::${members.members[5]?.account}:role/no-such-role` },
    });
    writeFileSync(join(folder.path, 'class.csv'), roster);
  });
  after(async () => {
    await members.stop();
    await folder.remove();
  });

  it('judges whom it can, and neither scores nor counts whom it cannot', async () => {
    const { code, stdout, stderr } = await grade();
    expect(code, stderr).to.equal(3);
    expect(existsSync(join(out, 'gradebook.html'))).to.equal(true);
    expect(learner('bob').points).to.equal(30);
  });
});
