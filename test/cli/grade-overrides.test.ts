/** `labwright grade --overrides`: an instructor's own judgement in the class result and the outputs, beside what was judged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ClassLearner, type ClassResult, classResultSchema } from '../../runner/class-result.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { RoleClass, rosterOf } from '../support/role-class.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import '../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';

describe('labwright grade --overrides', function () {
  this.timeout(180_000);
  let people: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  before(async () => {
    people = await RoleClass.start(await readLab(firstLab));
    folder = await temporaryFolder();
    for (const id of ['ada', 'bob', 'eve']) await people.join(id);
    const [ada, bob] = people.members;
    if (!ada || !bob) throw new Error('Nobody joined.');
    await people.solve(ada, 'key', 'table', 'data', 'user');
    await people.solve(bob, 'key', 'table');
    const roster = rosterOf(people.members, { eve: { externalId: 'of-somebody-else' } });
    writeFileSync(join(folder.path, 'class.csv'), roster);
  });
  after(async () => {
    await people.stop();
    await folder.remove();
  });

  const run = (...args: string[]) => labwright(args, { cwd: folder.path, env: people.env });
  const grade = (...more: string[]) =>
    run(
      'grade',
      lab,
      '--roster',
      'class.csv',
      '--out',
      'class',
      '--due',
      '2026-01-01',
      '--late',
      '50%',
      ...more,
    );
  const file = (name: string) => readFileSync(join(folder.path, 'class', name), 'utf8');
  const result = (): ClassResult => classResultSchema.parse(JSON.parse(file('class.json')));
  const learner = (id: string): ClassLearner => {
    const found = result().learners.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is not in the class result.`);
    return found;
  };
  const overrides = (...lines: string[]) =>
    writeFileSync(join(folder.path, 'judged.yaml'), `${lines.join('\n')}\n`);

  it('refuses what fits neither lab nor roster, before anybody is graded', async () => {
    const from = people.records.length;
    overrides(
      'by: R',
      'learners:',
      '  zoe: [{ points: 1, reason: x }]',
      '  ada: [{ points: 101, reason: x }]',
    );
    const { code, stderr } = await grade('--overrides', 'judged.yaml');
    expect(code).to.equal(2);
    expect(stderr)
      .to.include('judged.yaml:3:')
      .and.to.include('"zoe"')
      .and.to.include('judged.yaml:4:')
      .and.not.to.match(/\n\s+at /);
    expect(people.records.slice(from)).to.deep.equal([]);
  });

  it('counts it in place of what was judged, untouched by late rules, and tells both', async () => {
    overrides(
      'by: R. Teacher',
      'learners:',
      '  ada:',
      '    - { check: deny/0, verdict: pass, reason: Seen in the lab hour. }',
      '  bob:',
      '    - { check: key/0, points: 4, reason: "=Copied the alias" }',
      '  eve:',
      '    - { points: 60, reason: Shown on paper., by: S. Other }',
    );
    const { code, stdout, stderr } = await grade('--overrides', 'judged.yaml');
    // Everything that could not be judged is judged by hand now.
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include('Of 3 learners something is judged by hand.');

    const ada = learner('ada');
    expect(ada.override).to.deep.equal({ judged: { points: 27.5, unjudged: 25 } });
    expect(ada).to.include({ points: 52.5, before: 80, unjudged: 0 });
    const denial = ada.checks.find(({ id }) => id === 'deny/0');
    expect(denial).to.include({ verdict: 'pass', points: 25 });
    expect(denial?.override).to.include({ by: 'R. Teacher', reason: 'Seen in the lab hour.' });
    expect(denial?.override?.judged).to.include({ verdict: 'error', points: null });
    expect(ada.why.join(' ')).to.match(
      /R\. Teacher gives 25 of 25 for “.*” \(not judged\): Seen in the lab hour\./,
    );

    const bob = learner('bob');
    expect(bob).to.include({ points: 14, before: 24 });
    expect(bob.override?.judged.points).to.equal(15);

    const eve = learner('eve');
    expect(eve).to.include({ points: 60, unjudged: 0 });
    expect(eve.error?.message).to.include('AssumeRole');
    expect(eve.override?.judged).to.deep.equal({ points: null, unjudged: 100 });
    expect(eve.override?.whole).to.deep.equal({ points: 60, by: 'S. Other', reason: 'Shown on paper.' });

    // What was judged is as it was.
    const own = JSON.parse(file('learners/ada/learner.json')) as { score: object };
    expect(own.score).to.deep.equal({ points: 55, max: 100, unjudged: 25 });
    expect(file('gradebook.html')).to.include('Judged by hand').and.to.include('Shown on paper.');
    expect(file('gradebook.csv')).to.include('Seen in the lab hour.');
    const canvas = await run('export', 'class/class.json', '--as', 'canvas', '--assignment', 'KMS (1)');
    expect(canvas.stdout, canvas.stderr)
      .to.match(/eve.*60/)
      .and.to.match(/ada.*52\.5/);
  });

  it('stays when the class is graded again or regraded, until another file takes its place', async () => {
    const before = result().learners.map(({ id, points, override }) => ({ id, points, override }));
    const now = () => result().learners.map(({ id, points, override }) => ({ id, points, override }));
    await grade();
    expect(now()).to.deep.equal(before);
    await grade('--only', 'bob');
    expect(now()).to.deep.equal(before);
    const whole = file('class.json');
    const regraded = await run('regrade', lab, '--recordings', 'class');
    expect(regraded.code, regraded.stderr).to.equal(0);
    expect(file('class.json')).to.equal(whole);
    overrides('learners: {}');
    await grade('--overrides', 'judged.yaml');
    expect(now().map(({ points, override }) => [points, override])).to.deep.equal([
      [27.5, undefined],
      [15, undefined],
      [null, undefined],
    ]);
  });
});
