/** Makes the instructor's guide to a lab from its file and its proof. */
import { stringify } from 'yaml';
import type {
  ExpectedAnswer,
  InstructorGuide,
  InstructorStage,
} from '../../reports/docs/instructor-guide.ts';
import { acceptedWays, type Lab } from '../../runner/lab/lab.ts';
import { resolveParams } from '../../runner/lab/reference.ts';
import type { Question } from '../../runner/lab/schema.ts';
import { neededPermissions } from '../../runner/permissions/needed.ts';
import { planRun, type Step } from '../../runner/plan.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import { labTextFiller } from '../labs/fill-lab-text.ts';
import { shellScript } from './shell-script.ts';

export function instructorGuideOf(lab: Lab, proof: Proof): InstructorGuide {
  const { params, steps } = planRun(lab, {});
  const fill = labTextFiller(params);
  return {
    lab: {
      id: lab.id,
      title: lab.title,
      about: lab.about,
      ...(lab.project && { project: lab.project }),
      ...(lab.costs && { costs: fill(lab.costs) }),
    },
    names: Object.entries(lab.params).map(([name, { default: value, about }]) => ({
      name,
      value,
      ...(about && { about }),
    })),
    permissions: {
      ...neededPermissions(steps),
      probes: [...new Set(steps.flatMap(({ check }) => check.probes))].sort(),
    },
    questions: lab.questions.map(expectedAnswer),
    stages: lab.stages.map(({ id, title, questions }): InstructorStage => {
      const { solution = [], mistakes = [] } = proof[id] ?? {};
      return {
        id,
        title: resolveParams(title, params),
        ...(solution.length > 0 && { solution: solutionOf(solution, params) }),
        checks: steps.filter(({ stage }) => stage.id === id).map((step) => markedCheck(step, lab, fill)),
        mistakes: mistakes.map((mistake) => ({
          id: mistake.id,
          about: mistake.about,
          caughtBy: mistake['caught-by'],
          shows: resolveParams(mistake.shows, params),
        })),
        questions: questions.map(expectedAnswer),
      };
    }),
  };
}

/** As commands where the AWS CLI has them all, else as the proof has them. */
function solutionOf(
  solution: readonly ProofStep[],
  params: Readonly<Record<string, string>>,
): NonNullable<InstructorStage['solution']> {
  const script = shellScript(solution, params);
  if (script !== undefined) return { language: 'sh', text: script };
  const text = stringify(resolveParams(solution, params), { lineWidth: 100, aliasDuplicateObjects: false });
  return { language: 'yaml', text };
}

function markedCheck({ check, entry, with: given }: Step, lab: Lab, fill: (markdown: string) => string) {
  const titleOf = (id: string) => lab.stages.find((stage) => stage.id === id)?.title ?? id;
  return {
    check: check.id,
    title: entry.title,
    points: entry.points,
    accepts: acceptedWays(entry),
    ...(Object.keys(given).length > 0 && { with: stringify(given, { lineWidth: 100 }) }),
    hint: fill(entry.hint),
    undoneBy: entry.undoneBy.map(titleOf),
  };
}

function expectedAnswer({ id, prompt, expects }: Question): ExpectedAnswer {
  return {
    id,
    prompt,
    concepts: (expects?.concepts ?? []).map(({ about, points, missing }) => ({ about, points, missing })),
    misconceptions: (expects?.misconceptions ?? []).map((one) => ({
      name: one.id.replaceAll('-', ' '),
      correction: one.correction,
      costs: one.costs,
      ...(one.link && { link: one.link }),
    })),
  };
}
