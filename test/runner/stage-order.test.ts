/** Which failed stage stops a step: a table of cases, and that the order in which verdicts come makes no difference. */
import { expect } from 'chai';
import fc from 'fast-check';
import { type Plan, planRun, type Step } from '../../runner/plan.ts';
import type { Verdict } from '../../runner/result.ts';
import { whatComesFirst } from '../../runner/stage-order.ts';
import { firstLab, readLab } from '../support/labs.ts';

const { lab } = await readLab(firstLab);
const { steps }: Plan = planRun(lab, {});
const probing = steps.filter(({ check }) => check.probes.length > 0).map(({ id }) => id);

const allPass: Readonly<Record<string, Verdict>> = Object.fromEntries(steps.map(({ id }) => [id, 'pass']));
/** The solved lab before it is cleaned up. */
const solved: Readonly<Record<string, Verdict>> = {
  ...allPass,
  'user/2': 'fail',
  'deny/0': 'fail',
  'cleanup/0': 'fail',
  'cleanup/1': 'fail',
  'cleanup/2': 'fail',
};
/** Before the grant. */
const denied: Readonly<Record<string, Verdict>> = {
  ...solved,
  'user/2': 'pass',
  'deny/0': 'pass',
  'grant/0': 'fail',
  'grant/1': 'skip',
};

async function stoppedBy(step: string, verdicts: Readonly<Record<string, Verdict>>) {
  const one = stepOf(step);
  return (await whatComesFirst(one, steps, async ({ id }) => verdicts[id]))?.id;
}

function stepOf(id: string): Step {
  const found = steps.find((one) => one.id === id);
  if (!found) throw new Error(`There is no step ${id}.`);
  return found;
}

describe('the order of stages', () => {
  it('is told of a lab with probes, and stages that undo others', () => {
    expect(probing).to.deep.equal(['deny/0', 'grant/1']);
  });

  const cases: readonly (readonly [string, string, Readonly<Record<string, Verdict>>, string | undefined])[] =
    [
      ['a first stage that failed stops all after it', 'deny/0', { ...denied, 'key/0': 'fail' }, 'key/0'],
      [
        'the first of several that failed is named',
        'deny/0',
        { ...denied, 'user/1': 'fail', 'data/0': 'fail' },
        'data/0',
      ],
      ['a stage is not stopped by itself', 'key/1', { ...denied, 'key/0': 'fail' }, undefined],
      ['nor by a later one', 'deny/0', denied, undefined],
      [
        'what was not judged stops nothing',
        'deny/0',
        { ...denied, 'key/0': 'error', 'data/0': 'skip' },
        undefined,
      ],
      ['what the grant has undone does not stop the denial', 'deny/0', solved, undefined],
      ['nor the grant', 'grant/1', solved, undefined],
      ['a user let in too early stops the denial', 'deny/0', { ...denied, 'user/2': 'fail' }, 'user/2'],
      ['and a grant of which nothing passes', 'grant/0', { ...denied, 'user/2': 'fail' }, 'user/2'],
      ['a denial that failed stops the grant', 'grant/0', { ...denied, 'deny/0': 'fail' }, 'deny/0'],
      ['and the cleanup stays for the end', 'cleanup/0', { ...solved, 'table/0': 'fail' }, 'table/0'],
      [
        'what is being cleaned up stops nothing',
        'cleanup/1',
        { ...solved, 'table/0': 'fail', 'data/0': 'fail', 'cleanup/0': 'pass' },
        undefined,
      ],
      [
        'a grant that passes only by its probe has undone nothing',
        'deny/0',
        { ...solved, 'grant/0': 'fail' },
        'user/2',
      ],
    ];
  for (const [about, step, verdicts, cause] of cases)
    it(about, async () => expect(await stoppedBy(step, verdicts)).to.equal(cause));

  const verdictsOfAll = fc.record(
    Object.fromEntries(
      steps.map(({ id }) => [id, fc.constantFrom<Verdict>('pass', 'fail', 'error', 'skip')]),
    ),
  );

  it('does not depend on when verdicts come', async () => {
    await fc.assert(
      fc.asyncProperty(verdictsOfAll, fc.scheduler(), async (verdicts, scheduler) => {
        const known = new Map(steps.map(({ id }) => [id, scheduler.schedule(Promise.resolve(verdicts[id]))]));
        const late = Promise.all(
          steps.map(async (step) => (await whatComesFirst(step, steps, async ({ id }) => known.get(id)))?.id),
        );
        const causes = await scheduler.waitFor(late);
        const expected = await Promise.all(steps.map(({ id }) => stoppedBy(id, verdicts)));
        expect(causes).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('lets nobody wait for a probe of its own stage or a later one, so that no run stands still', async () => {
    await fc.assert(
      fc.asyncProperty(verdictsOfAll, async (verdicts) => {
        for (const [at, step] of steps.entries()) {
          const asked = new Set<string>();
          await whatComesFirst(step, steps, async ({ id }) => {
            asked.add(id);
            return verdicts[id];
          });
          const later = steps.slice(at).map(({ id }) => id);
          for (const id of probing)
            expect(asked.has(id) && later.includes(id), `${step.id} ${id}`).to.equal(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('stops by a fail of an earlier stage only, and always by one that nothing undoes', async () => {
    await fc.assert(
      fc.asyncProperty(verdictsOfAll, async (verdicts) => {
        const stages = lab.stages.map(({ id }) => id);
        for (const { id, stage } of steps) {
          const cause = await stoppedBy(id, verdicts);
          if (cause === undefined) continue;
          expect(verdicts[cause]).to.equal('fail');
          expect(stages.indexOf(stepOf(cause).stage.id)).to.be.below(stages.indexOf(stage.id));
        }
        const undoing = ['grant/0', 'cleanup/0', 'cleanup/1', 'cleanup/2'];
        if (verdicts['key/0'] === 'fail' && undoing.every((id) => verdicts[id] !== 'pass'))
          expect(await stoppedBy('table/0', verdicts)).to.be.oneOf(['key/0']);
      }),
      { numRuns: 100 },
    );
  });
});
