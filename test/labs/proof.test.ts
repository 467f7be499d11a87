/** Every lab proves itself: nothing passes by itself, the solution does, and each mistake is caught where it should be. */
import { expect } from 'chai';
import type { Lab } from '../../runner/lab/lab.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import type { CheckResult, Result } from '../../runner/result.ts';
import { Learner } from '../support/check-on-sandbox.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

for (const folder of labFolders) {
  const { lab, proof } = await readLab(folder);
  describe(`the lab ${lab.id}`, () => {
    let account: SandboxAccount;
    let learner: Learner;
    beforeEach(async () => {
      account = await sandboxAccount();
      learner = new Learner(lab, account);
    });
    afterEach(() => account.close());

    it('fails every stage of an empty account, each with a hint', async () => {
      const result = await learner.check();
      for (const stage of result.stages) {
        expect(stage.verdict, stage.id).to.equal('fail');
        expect(stage.checks.filter((one) => one.verdict === 'fail').map((one) => one.hint)).to.not.include(
          undefined,
        );
      }
      expect(result.score.points).to.equal(0);
    });

    it('passes when solved stage by stage', async () => {
      let result: Result | undefined;
      for (const stage of lab.stages) {
        await solve(account, lab, proof[stage.id]?.solution ?? []);
        result = await learner.check([stage.id]);
        expect(told(result, stage.id), `after solving ${stage.id}`).to.deep.equal([]);
      }
      expect(result?.score).to.deep.equal({ points: result?.score.max, max: result?.score.max });
    });

    for (const [stageId, { mistakes }] of Object.entries(proof)) {
      for (const mistake of mistakes) {
        it(`catches the mistake ${mistake.id}: ${mistake.about}`, async () => {
          await solveBefore(account, lab, proof, stageId);
          if (!mistake.instead) await solve(account, lab, proof[stageId]?.solution ?? []);
          await solve(account, lab, mistake.instead ?? mistake.after ?? []);
          await learner.check([stageId]);
          const failed = learner.lastSeen().filter((one) => one.verdict === 'fail');
          expect(failed.map((one) => one.check)).to.include(mistake['caught-by']);
          expect(failed.map((one) => one.hint)).to.not.include(undefined);
        });
      }
    }
  });
}

async function solveBefore(account: SandboxAccount, lab: Lab, proof: Proof, stageId: string) {
  for (const stage of lab.stages) {
    if (stage.id === stageId) return;
    await solve(account, lab, proof[stage.id]?.solution ?? []);
  }
}

async function solve(account: SandboxAccount, lab: Lab, steps: readonly ProofStep[]): Promise<void> {
  await carryOut({ steps, caller: account.owner, params: planRun(lab, {}).params });
}

function checksOf(result: Result, stageId: string): readonly CheckResult[] {
  return result.stages.find((stage) => stage.id === stageId)?.checks ?? [];
}

/** What does not pass in a stage, in words. */
function told(result: Result, stageId: string): string[] {
  return checksOf(result, stageId).flatMap((one) =>
    one.verdict === 'pass' ? [] : [`${one.check}: ${one.verdict}: ${one.message}`],
  );
}
