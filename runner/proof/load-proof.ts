import { readFile } from 'node:fs/promises';
import type { Lab } from '../lab/lab.ts';
import type { Problem } from '../lab/problem.ts';
import { type Name, referencesIn, visitTexts } from '../lab/reference.ts';
import { validated } from '../lab/validated.ts';
import { type Path, YamlFile } from '../lab/yaml-file.ts';
import { type Proof, type ProofStep, proofSchema } from './schema.ts';

/** What a proof is held against: of a lab, its parameters, and its stages with the checks that they use. */
export interface ProvenLab {
  readonly params: Lab['params'];
  readonly stages: readonly { readonly id: string; readonly checks: readonly { check: { id: string } }[] }[];
}

/**
 * Reads a lab's proof.
 *
 * @throws LabProblems with every problem at once; the reading error when the file cannot be read
 */
export async function loadProof(path: string, lab: ProvenLab, name = path): Promise<Proof> {
  return parseProof(name, await readFile(path, 'utf8'), lab);
}

/** @throws LabProblems with every problem at once */
export function parseProof(name: string, text: string, lab: ProvenLab): Proof {
  const file = new YamlFile(name, text);
  return validated(file, proofSchema, (proof) => proofProblems(file, proof, lab));
}

function proofProblems(file: YamlFile, proof: Proof, lab: ProvenLab): Problem[] {
  const stages = new Map(lab.stages.map((stage) => [stage.id, stage]));
  const problems: Problem[] = [];
  for (const [id, { solution, mistakes }] of Object.entries(proof)) {
    const stage = stages.get(id);
    if (!stage) {
      const names = [...stages.keys()].join(', ');
      problems.push(file.problem([id], `The lab has no stage "${id}".`, `Its stages: ${names}.`, 'key'));
    }
    problems.push(...stepProblems(file, solution, [id, 'solution'], lab));
    for (const [index, { after = [], ...mistake }] of mistakes.entries()) {
      const path = [id, 'mistakes', index];
      problems.push(...stepProblems(file, mistake.instead ?? [], [...path, 'instead'], lab));
      const before = mistake.instead ?? solution;
      problems.push(...stepProblems(file, after, [...path, 'after'], lab, before));
      const checks = lab.stages.flatMap((one) => one.checks.map((entry) => entry.check.id));
      if (!checks.includes(mistake['caught-by'])) {
        problems.push(
          file.problem([...path, 'caught-by'], 'The lab does not use this check.', 'Name one that it uses.'),
        );
      }
    }
  }
  for (const id of stages.keys()) {
    if (!Object.hasOwn(proof, id))
      problems.push(file.problem([], `The stage "${id}" has no solution.`, `Add "${id}:".`));
  }
  return problems;
}

/**
 * Every reference leads to a parameter or to something kept earlier in the same list: a stage is solved by itself.
 *
 * @param before steps that are carried out before these, in one go
 */
function stepProblems(
  file: YamlFile,
  steps: readonly ProofStep[],
  path: Path,
  lab: ProvenLab,
  before: readonly ProofStep[] = [],
): Problem[] {
  const problems: Problem[] = [];
  const kept = new Set(before.flatMap((step) => Object.keys(step.keep ?? {})));
  for (const [index, step] of steps.entries()) {
    visitTexts(step, (text, inner) => {
      for (const name of namesIn(text)) {
        if (
          name.output
            ? name.name === 'random' && name.output === 'password'
            : kept.has(name.name) || Object.hasOwn(lab.params, name.name)
        )
          continue;
        const shown = name.output ? `${name.name}.${name.output}` : name.name;
        problems.push(
          file.problem(
            [...path, index, ...inner],
            `There is no "${shown}" here.`,
            'Use a parameter of the lab, or `keep` it from an earlier answer of this list.',
          ),
        );
      }
    });
    for (const name of Object.keys(step.keep ?? {})) kept.add(name);
  }
  return problems;
}

function namesIn(text: string): Name[] {
  try {
    return referencesIn(text).flatMap((reference) => reference.names);
  } catch {
    return [];
  }
}
