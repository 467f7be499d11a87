/** AWS's moods are never scored: a solved lab checked in bad weather passes or is not judged, and leaves nothing behind. */
import { join } from 'node:path';
import { expect } from 'chai';
import { identify } from '../../runner/accounts/identify.ts';
import { type CheckedLab, checkLab } from '../../runner/check-lab.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { checkInAStorm } from '../support/storm.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const done = ['key', 'table', 'data', 'user', 'deny'];

describe('the first lab in bad weather', () => {
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let journal: Journal;
  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    journal = new Journal(join(folder.path, 'keys.json'));
    for (const stage of done) {
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
    }
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const check = (): Promise<CheckedLab> => {
    const caller = account.callerFor(account.sandbox.administrator);
    const prober = async (identity: Awaited<ReturnType<typeof identify>>) =>
      temporaryKeyProber({ owner: caller, identity, journal, callerFor: account.callerFor });
    return checkLab({ lab, stages: done, caller, kind: 'sandbox', prober, patienceMs: 1000 });
  };
  const verdicts = ({ result }: CheckedLab) =>
    result.stages
      .filter((stage) => done.includes(stage.id))
      .flatMap((stage) => stage.checks.map((one) => one.verdict));

  const storms = [
    { title: 'a fifth of the calls throttled', storm: { throttled: 0.2 }, seeds: 3, judges: true },
    {
      title: 'calls failing and connections breaking',
      storm: { failing: 0.05, reset: 0.05 },
      seeds: 5,
      judges: true,
    },
    { title: 'half of the calls failing', storm: { failing: 0.5 }, seeds: 5, judges: false },
    { title: 'everything throttled', storm: { throttled: 1 }, seeds: 1, judges: false },
    { title: 'everything failing', storm: { failing: 1 }, seeds: 1, judges: false },
  ];
  it('gets no wrong verdict in a storm, whatever is done, and no key is left', async function () {
    this.timeout(240_000);
    const figures = await checkInAStorm({ lab, proof, runs: 20, atATime: 20 });
    expect(figures.wrong).to.deep.equal([]);
    expect(figures).to.include({ runs: 20, leftOver: 0 });
    expect(figures.verdicts.pass).to.be.above(figures.verdicts.error);
    expect(figures.keys).to.be.above(5);
  });

  for (const { title, storm, seeds, judges } of storms) {
    it(`with ${title} nothing that is done fails, and no key is left`, async function () {
      this.timeout(120_000);
      for (let seed = 1; seed <= seeds; seed++) {
        account.sandbox.setWeather({ ...storm, seed });
        const seen = verdicts(await check());
        account.sandbox.setWeather({ throttled: 0, failing: 0, reset: 0 });

        expect(seen).to.have.length(9);
        expect(seen, `seed ${seed}`).to.not.include('fail');
        if (judges) expect(seen).to.include('pass');
        await removeLeftKeys({ owner: account.owner, identity: await identify(account.owner), journal });
        const { output } = await account.owner.send('iam:ListAccessKeys', { UserName: params.user });
        expect(output.AccessKeyMetadata).to.deep.equal([]);
      }
    });
  }
});
