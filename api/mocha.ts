/** A lab as a Mocha suite: stages as `describe`, checks as `it`, judged by one run of Labwright underneath. */
import { before, describe, it } from 'mocha';
import { planRun } from '../runner/plan.ts';
import type { CheckResult, StageResult } from '../runner/result.ts';
import type { AwsAccount } from './aws-account.ts';
import { type CheckLabOptions, type CheckOutcome, checkLab } from './check-lab.ts';
import type { LoadLabOptions } from './read-lab.ts';
import { readLab } from './read-lab.ts';

export interface LabSuiteOptions extends LoadLabOptions, Omit<CheckLabOptions, 'account' | 'signal'> {
  /** The account, or what gives it once the suite runs: a sandbox that a `before` has opened. */
  readonly account: AwsAccount | (() => AwsAccount | Promise<AwsAccount>);
}

/**
 * Declares the suite. The lab is run once, before its first check is reported. A pass passes and a fail fails, with what was expected and
 * what was seen; what waits for something else and what could not be judged is pending. One more test at the end fails where something
 * could not be judged, so that a suite is green only when everything passed.
 *
 * @param name the id of a lab that comes with Labwright, a lab file, or a folder that holds a `lab.yaml`
 * @throws what `loadLab` throws; PlanError for stages and names that the lab does not have
 */
export function labSuite(name: string, options: LabSuiteOptions): void {
  const { account, checks: _checks, ...rest } = options;
  const lab = readLab(name, options);
  const { chosen } = planRun(lab, options.params ?? {}, options.stages);
  describe(lab.title, () => {
    let outcome: CheckOutcome | undefined;
    const stageOf = (id: string) => outcome?.result.stages.find((stage) => stage.id === id);

    before('run the lab', async function () {
      // The run has limits of its own.
      this.timeout(0);
      outcome = await checkLab(lab, {
        ...rest,
        account: typeof account === 'function' ? await account() : account,
      }).done;
    });

    for (const stage of lab.stages.filter(({ id }) => chosen.includes(id))) {
      describe(stage.title, () => {
        for (const [at, { title }] of stage.checks.entries()) {
          it(title, function () {
            const finding = stageOf(stage.id)?.checks[at];
            if (finding?.verdict === 'fail') throw new CheckFailed(finding);
            if (finding?.verdict !== 'pass') this.skip();
          });
        }
      });
    }

    describe('The run', () => {
      it('could judge all of it', () => {
        const unjudged = outcome ? whyNotJudged(outcome, chosen) : [];
        if (unjudged.length > 0) throw new CouldNotBeJudged(unjudged);
      });
    });
  });
}

/** What is neither a pass nor a fail, nor explained by a fail that is shown. */
function whyNotJudged({ result, unanswered }: CheckOutcome, chosen: readonly string[]): string[] {
  if (unanswered) return [`${unanswered.message}\n${unanswered.advice}`];
  const stages = result.stages.filter(({ id }) => chosen.includes(id));
  const withVerdict = (verdict: CheckResult['verdict']) =>
    stages.flatMap((stage) =>
      stage.checks.filter((one) => one.verdict === verdict).map((one) => told(stage, one)),
    );
  if (withVerdict('fail').length > 0) return withVerdict('error');
  return [...withVerdict('error'), ...withVerdict('skip')];
}

function told({ title }: StageResult, { check, message, hint = '' }: CheckResult): string {
  return `${title}, ${check}: ${message} ${hint}`.trim();
}

/** Mocha shows `expected` and `actual` as a difference. There is no stack: the mistake is not in the code. */
class CheckFailed extends Error {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly showDiff: boolean;

  constructor({ message, hint, expected, actual }: CheckResult) {
    super([message, hint].filter(Boolean).join('\n'));
    this.name = 'CheckFailed';
    this.stack = `${this.name}: ${this.message}`;
    this.expected = expected;
    this.actual = actual;
    this.showDiff = expected !== undefined && actual !== undefined;
  }
}

class CouldNotBeJudged extends Error {
  constructor(why: readonly string[]) {
    super(`That is no failure of the learner's, and costs nothing:\n${why.join('\n')}`);
    this.name = 'CouldNotBeJudged';
    this.stack = `${this.name}: ${this.message}`;
  }
}
