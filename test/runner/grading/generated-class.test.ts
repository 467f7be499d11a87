import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { chance } from '../../../sandbox/weather/chance.ts';
import { compareWithKnown } from '../../support/class/compare.ts';
import { brokenAccesses, drawClass } from '../../support/class/draw.ts';
import { gradeInProcess, type RunningClass, startClass } from '../../support/class/processes.ts';
import { rosterText } from '../../support/class/roster.ts';
import { labwright } from '../../support/labwright.ts';

const size = 60;
const seed = 3;

describe('grading a generated class through roles', function () {
  this.timeout(300_000);
  let made: RunningClass;
  before(async () => {
    made = await startClass({ learners: size, seed });
  });
  after(() => made?.stop());

  it('has every kind of broken access, and is the same for the same seed', () => {
    const accesses = new Set(made.learners.map(({ drawn }) => drawn.access));
    expect([...accesses]).to.have.members(['open', ...brokenAccesses]);
    const options = { learners: 200, states: ['a', 'b', 'c'], wholeState: 'c', actions: ['x', 'y'] };
    expect(drawClass({ ...options, seed: 1 })).to.deep.equal(drawClass({ ...options, seed: 1 }));
    expect(drawClass({ ...options, seed: 1 })).not.to.deep.equal(drawClass({ ...options, seed: 2 }));
  });

  it('gives every learner the score that is known, and not judged exactly where access was broken', async () => {
    const out = join(made.folder, 'whole');
    const { settled } = await gradeInProcess({ file: made.file, out, concurrency: 8 });
    expect(settled).to.have.length(size);
    const { wrong, statuses } = await compareWithKnown(out, made.learners);
    expect(wrong).to.deep.equal([]);
    expect(Object.keys(statuses)).to.have.members(['graded', 'partly', 'not judged']);
  });

  it('grades the same with `labwright grade`', async () => {
    // The command waits longer than a test can for who throttles.
    const learners = made.learners.filter(({ drawn }) => !drawn.access.startsWith('throttled')).slice(0, 25);
    const [roster, out] = [join(made.folder, 'roster.csv'), join(made.folder, 'command')];
    writeFileSync(roster, rosterText(learners));
    const { region, endpoint, key } = made.instructor;
    const env = {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
    };
    const args = ['grade', 'encrypt-data-with-kms', '--roster', roster, '--out', out, '--probe', 'key'];
    const { code, stderr } = await labwright(args, { env });
    // Somebody could not be judged.
    expect(code, stderr).to.equal(3);
    const { wrong, statuses } = await compareWithKnown(out, learners);
    expect(wrong).to.deep.equal([]);
    expect(statuses).to.include.keys('graded', 'partly', 'not judged');
  });

  it('comes to the same gradebook when it is killed at random moments and gone on with', async () => {
    const out = join(made.folder, 'killed');
    const random = chance(Date.now());
    const settled: string[] = [];
    for (let kills = 0; kills < 3; kills++) {
      const killAfter = 1 + Math.floor(random() * 15);
      const grading = await gradeInProcess({ file: made.file, out, concurrency: 8, killAfter });
      expect(grading.figures, 'killed before its end').to.equal(undefined);
      settled.push(...grading.settled);
    }
    settled.push(...(await gradeInProcess({ file: made.file, out, concurrency: 8 })).settled);
    expect(new Set(settled).size, 'nobody is settled twice').to.equal(settled.length);
    const resumed = await compareWithKnown(out, made.learners);
    expect(resumed.wrong).to.deep.equal([]);
    const whole = await compareWithKnown(join(made.folder, 'whole'), made.learners);
    expect(resumed.book).to.deep.equal(whole.book);
  });
});
