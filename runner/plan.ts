/** From a lab, names and a choice of stages to the steps of a run. Pure: nothing is asked of any account. */
import type { Check } from '../checks/check.ts';
import type { Lab, LabCheck, Stage } from './lab/lab.ts';
import { type Name, referencesIn, resolveParams, visitTexts } from './lab/reference.ts';

/** One check of a run. */
export interface Step {
  /** Tells the step from all others of the lab: `key/0`. */
  readonly id: string;
  readonly stage: Stage;
  readonly entry: LabCheck;
  readonly check: Check;
  /** Parameters with the learner's names filled in; references to outputs are still open. */
  readonly with: LabCheck['with'];
  readonly hint: string;
  /** Ids of the steps whose outputs it refers to. */
  readonly needs: readonly string[];
  /** Ids of the steps whose failing explains a fail of this one. */
  readonly explainedBy: readonly string[];
}

export interface Plan {
  readonly lab: Lab;
  /** The learner's names: `{ alias: "alias/nextwork-kms-key" }`. */
  readonly params: Readonly<Record<string, string>>;
  /** In the lab's order. Of stages that were not chosen, those whose outputs are needed or that undo a chosen one. */
  readonly steps: readonly Step[];
  /** Ids of the stages that were asked for. */
  readonly chosen: readonly string[];
}

/** What cannot be run as it was asked for: a stage or a name that the lab does not have. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlanError';
  }
}

/**
 * @param settings the learner's names; defaults of the lab stand for the others
 * @param stages ids; all when empty
 * @throws PlanError
 */
export function planRun(
  lab: Lab,
  settings: Readonly<Record<string, string>>,
  stages: readonly string[] = [],
): Plan {
  const params = chooseParams(lab, settings);
  const known = lab.stages.map((stage) => stage.id);
  const unknown = stages.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new PlanError(
      `The lab ${lab.id} has no stage "${unknown.join('", "')}"; its stages: ${known.join(', ')}.`,
    );
  }
  const chosen = stages.length === 0 ? known : known.filter((id) => stages.includes(id));
  const all = allSteps(lab, params);
  const wanted = new Set<string>();
  const want = (step: Step) => {
    if (wanted.has(step.id)) return;
    wanted.add(step.id);
    for (const need of all.filter((one) => [...step.needs, ...step.explainedBy].includes(one.id))) want(need);
  };
  for (const step of all.filter((one) => chosen.includes(one.stage.id))) {
    want(step);
    // Whether a pass was undone since can be told only if what undoes it is looked at in the same run.
    for (const undoing of all.filter((one) => step.entry.undoneBy.includes(one.stage.id))) want(undoing);
  }
  refuseNames(all);
  return { lab, params, steps: all.filter((step) => wanted.has(step.id)), chosen };
}

/** Of each lab, the steps for the names that were asked for last: a run asks for the same several times, and so does a class. */
const latest = new WeakMap<Lab, { readonly names: string; readonly steps: readonly Step[] }>();

/** Every step of the lab, chosen or not. */
export function allSteps(lab: Lab, params: Readonly<Record<string, string>>): readonly Step[] {
  const names = JSON.stringify(params);
  const known = latest.get(lab);
  if (known?.names === names) return known.steps;
  const steps = makeSteps(lab, params);
  latest.set(lab, { names, steps });
  return steps;
}

function makeSteps(lab: Lab, params: Readonly<Record<string, string>>): Step[] {
  const producers = new Map<string, string>();
  return lab.stages.flatMap((stage) =>
    stage.checks.map((entry, index) => {
      const id = `${stage.id}/${index}`;
      const needs = outputsIn(entry.with).flatMap((name) => producers.get(name.name) ?? []);
      if (entry.as) producers.set(entry.as, id);
      return {
        id,
        stage,
        entry,
        check: entry.check,
        with: resolveParams(entry.with, params),
        hint: resolveParams(entry.hint, params),
        needs: [...new Set(needs)],
        explainedBy: entry.explainedBy.flatMap((name) => producers.get(name) ?? []),
      };
    }),
  );
}

/** The names that a learner chose are held against the checks that take them, before any call. @throws PlanError */
function refuseNames(steps: readonly Step[]): void {
  for (const step of steps) {
    const parsed = step.check.params.safeParse(step.with);
    for (const issue of parsed.error?.issues ?? []) {
      const value = step.with[String(issue.path[0])];
      // What still is a reference is known only when the run gets there.
      if (JSON.stringify(value ?? '').includes('${')) continue;
      const what = `"${String(value)}" does not do as ${issue.path.join('.')} of ${step.check.id}`;
      throw new PlanError(`${what}: ${issue.message}. Choose another with \`--set\`.`);
    }
  }
}

function chooseParams(lab: Lab, settings: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(settings)) {
    if (Object.hasOwn(lab.params, name)) continue;
    const names = Object.keys(lab.params).join(', ');
    throw new PlanError(`The lab ${lab.id} has no parameter "${name}"; its parameters: ${names || 'none'}.`);
  }
  const defaults = Object.entries(lab.params).map(([name, param]) => [name, param.default]);
  return { ...Object.fromEntries(defaults), ...settings };
}

function outputsIn(data: unknown): Name[] {
  const names: Name[] = [];
  visitTexts(data, (text) => {
    for (const reference of referencesIn(text)) names.push(...reference.names.filter((name) => name.output));
  });
  return names;
}
