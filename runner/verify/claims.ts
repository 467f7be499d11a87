/** What has to hold for a lab to be trusted, one claim each. Every claim is tried on an account of its own. */
import { accessKeyIn } from '../accounts/access-key.ts';
import type { Lab } from '../lab/lab.ts';
import { resolveParams } from '../lab/reference.ts';
import { planRun } from '../plan.ts';
import { mistakeSteps } from '../proof/mistake-steps.ts';
import type { Proof, ProofStep } from '../proof/schema.ts';
import { noTrouble, type Trouble } from './proving-account.ts';
import type { Rehearsal, Seen } from './rehearsal.ts';

export interface Claim {
  /** `mistakes/asymmetric-key` */
  readonly id: string;
  /** What is claimed, a sentence without a full stop. */
  readonly about: string;
  /** Whether trying it is waiting, most of the time. */
  readonly waits?: boolean;
  /** Tries it; gives what speaks against it, one sentence each. */
  readonly prove: (rehearsal: Rehearsal) => Promise<string[]>;
}

export function claimsOf(lab: Lab, proof: Proof): Claim[] {
  return [
    emptyAccount(lab),
    solution(lab),
    ...leftOut(lab, proof),
    ...mistakes(lab, proof),
    deniedGrader(lab),
    ...trouble(lab),
  ];
}

function emptyAccount(lab: Lab): Claim {
  return {
    id: 'empty-account',
    about: 'An empty account fails every stage, each with a hint',
    async prove(rehearsal) {
      const seen = await rehearsal.check();
      return lab.stages.flatMap(({ id }) => {
        const ofStage = seen.filter(({ stage }) => stage === id);
        // What is to be deleted was never there: the stage asks nothing before an earlier one passes.
        if (ofStage.every(({ verdict }) => verdict === 'skip')) return [];
        const failed = ofStage.filter(({ verdict }) => verdict === 'fail');
        if (failed.length === 0) return [`The stage "${id}" does not fail: ${told(seen, id)}.`];
        return failed.filter(({ hint }) => !hint).map(({ check }) => `${check} fails without a hint.`);
      });
    },
  };
}

function solution(lab: Lab): Claim {
  return {
    id: 'solution',
    about: 'The solution passes, stage by stage',
    async prove(rehearsal) {
      const problems: string[] = [];
      for (const { id } of lab.stages) {
        await rehearsal.solve(id);
        const seen = await rehearsal.check([id]);
        if (!seen.every(({ verdict }) => verdict === 'pass'))
          problems.push(`The solved stage "${id}" does not pass: ${told(seen, id)}.`);
      }
      return problems;
    },
  };
}

/** What changes nothing in the account need not be missed: reads, and what is done on the learner's own machine. */
const reading = /^local\.|\.(Get|List|Describe)/;

function leftOut(lab: Lab, proof: Proof): Claim[] {
  return lab.stages.flatMap(({ id }) => {
    const steps = proof[id]?.solution ?? [];
    return steps.flatMap((step, at): Claim[] => {
      const call = callOf(step);
      if (reading.test(call)) return [];
      return [
        {
          id: `left-out/${id}/${at + 1}`,
          about: `The stage "${id}" does not pass without ${call}, step ${at + 1}`,
          async prove(rehearsal) {
            await rehearsal.solveBefore(id);
            await rehearsal.carryOutWhatWorks(steps.toSpliced(at, 1));
            const seen = await rehearsal.check([id]);
            // Of a refused call only CloudTrail knows, and that it has no record of one fails nobody.
            const missed = (step.fails === undefined ? ['fail'] : ['fail', 'error']) as readonly string[];
            return seen.some(({ verdict }) => missed.includes(verdict))
              ? []
              : [`Nothing fails: ${told(seen, id)}.`];
          },
        },
      ];
    });
  });
}

function mistakes(lab: Lab, proof: Proof): Claim[] {
  const { params, steps } = planRun(lab, {});
  const undoneBy = (stages: readonly string[]) =>
    new Set(
      steps.filter(({ entry }) => entry.undoneBy.some((id) => stages.includes(id))).map((step) => step.id),
    );
  return lab.stages.flatMap(({ id }, at) =>
    (proof[id]?.mistakes ?? []).map(
      (mistake): Claim => ({
        id: `mistakes/${mistake.id}`,
        about: `${mistake.about}: ${mistake['caught-by']} fails, and nothing else`,
        async prove(rehearsal) {
          const done = lab.stages.slice(0, at + 1).map((stage) => stage.id);
          const undone = undoneBy(done);
          await rehearsal.solveBefore(id);
          await rehearsal.carryOut(mistakeSteps(proof, id, mistake));
          const seen = await rehearsal.check(done);
          // What these stages undo of earlier ones is not blamed on them.
          const failed = seen.filter(({ step, verdict }) => verdict === 'fail' && !undone.has(step));
          const caught = failed.find(({ check }) => check === mistake['caught-by']);
          if (!caught) return [`${mistake['caught-by']} does not fail: ${told(seen, id)}.`];
          const others = failed.filter((one) => one !== caught);
          const shows = resolveParams(mistake.shows, params);
          const read = textOf(caught);
          return [
            ...others.map(({ check, message }) => `${check} is blamed as well: ${message}`),
            ...(read.includes(shows)
              ? []
              : [`The learner does not read "${shows}", but: ${labelled(caught)}`]),
          ];
        },
      }),
    ),
  );
}

/** Everything but the last stage is done: where the lab takes it all away again, there is something left to see. */
function solveMost(lab: Lab, rehearsal: Rehearsal): Promise<void> {
  return rehearsal.solveBefore(lab.stages.at(-1)?.id ?? '');
}

function deniedGrader(lab: Lab): Claim {
  const UserName = 'labwright-denied-grader';
  return {
    id: 'denied-grader',
    about: 'A grader without any permission judges nothing',
    async prove(rehearsal) {
      await solveMost(lab, rehearsal);
      const { owner, callerFor } = rehearsal.account;
      await owner.send('iam:CreateUser', { UserName });
      const denied = callerFor(accessKeyIn(await owner.send('iam:CreateAccessKey', { UserName })));
      return (await rehearsal.check([], denied)).filter(isJudged).map(sentence);
    },
  };
}

/** By name: what is done to the calls, and whether anything may still be judged. */
const troubles: Readonly<Record<string, Partial<Trouble>>> = {
  'throttled-always': { throttled: 1 },
  throttled: { throttled: 0.3 },
  failing: { failing: 0.2 },
  'cut-off': { reset: 0.2 },
  slow: { slow: 0.5 },
};

function trouble(lab: Lab): Claim[] {
  return Object.entries(troubles).map(([id, trouble]) => ({
    id: `trouble/${id}`,
    about: `What passes in calm does not fail while AWS is ${id.replaceAll('-', ' ')}`,
    waits: true,
    async prove(rehearsal) {
      await solveMost(lab, rehearsal);
      const calm = await rehearsal.check();
      const { setTrouble } = rehearsal.account;
      setTrouble({ ...noTrouble, ...trouble });
      const seen = await rehearsal.check();
      setTrouble(noTrouble);
      const passed = new Set(calm.filter(({ verdict }) => verdict === 'pass').map(({ step }) => step));
      return seen.filter(({ step, verdict }) => verdict === 'fail' && passed.has(step)).map(sentence);
    },
  }));
}

function isJudged({ verdict }: Seen): boolean {
  return verdict === 'fail' || verdict === 'pass';
}

function callOf(step: ProofStep): string {
  return Object.keys(step).find((key) => key.includes('.')) ?? '';
}

/** What was seen of a stage, in words. */
function told(seen: readonly Seen[], stage: string): string {
  const ofStage = seen.filter((one) => one.stage === stage);
  // Joined into one sentence, whose full stop comes after it.
  return ofStage.map((one) => sentence(one).replace(/\.$/, '')).join('; ') || 'nothing was checked';
}

function sentence({ check, verdict, message }: Seen): string {
  return `${check}: ${verdict}: ${message}`;
}

/** Everything that a finding gives the learner to read. */
function textOf({ message, expected, actual, explanation, hint }: Seen): string {
  const compared = [expected, actual].filter((one) => one !== undefined).map((one) => JSON.stringify(one));
  const remedies = explanation?.remedies.map(({ what }) => what) ?? [];
  return [message, ...compared, ...(explanation?.because ?? []), hint ?? '', ...remedies].join(' ');
}

/** The same for the author, who sees what is what. */
function labelled({ message, expected, actual, explanation, hint }: Seen): string {
  const compared = Object.entries({ Expected: expected, Actual: actual })
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${label}: ${JSON.stringify(value)}.`);
  const because = explanation?.because ?? [];
  const remedies = explanation?.remedies.map(({ what }) => what) ?? [];
  return [message, ...compared, ...because, ...(hint ? [`Hint: ${hint}`] : []), ...remedies].join(' ');
}
