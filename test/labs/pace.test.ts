/** Changes that take time to count are not the learner's fault: what is done passes once it counts, and never fails. */
import { expect } from 'chai';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { realistic, type Timing } from '../../sandbox/timing/timing.ts';
import { Learner } from '../support/check-on-sandbox.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const { lab, proof } = await readLab(firstLab);
/** AWS's pace ten times over, by a clock that nobody moves. */
const timing = Object.fromEntries(
  Object.entries(realistic).map(([figure, milliseconds]) => [figure, milliseconds / 10]),
) as Partial<Timing>;

describe('the first lab at AWS’s own pace', () => {
  let account: SandboxAccount;
  beforeEach(async () => {
    account = await sandboxAccount();
    account.sandbox.setTiming(timing);
  });
  afterEach(() => account.close());

  it('passes when it is checked right after each stage is solved', async function () {
    this.timeout(120_000);
    const learner = new Learner(lab, account);
    const { params } = planRun(lab, {});
    for (const stage of lab.stages) {
      await carryOut({ steps: proof[stage.id]?.solution ?? [], caller: account.owner, params });
      const result = await learner.check([stage.id]);
      const checks = result.stages.find(({ id }) => id === stage.id)?.checks ?? [];
      expect(checks.map(({ check, verdict, message }) => `${check} ${verdict} ${message}`)).to.satisfy(
        (told: string[]) => told.every((one) => / pass /.test(one)),
        stage.id,
      );
    }
  });
});
