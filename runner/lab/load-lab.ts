import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Check } from '../../checks/check.ts';
import type { Lab, LabCheck } from './lab.ts';
import { labProblems } from './lab-problems.ts';
import { type CheckEntry, labSchema } from './schema.ts';
import { validated } from './validated.ts';
import { YamlFile } from './yaml-file.ts';

/**
 * Reads a lab file.
 *
 * @param name how problems call the file
 * @throws LabProblems with every problem at once; the reading error when the file cannot be read
 */
export async function loadLab(path: string, registry: ReadonlyMap<string, Check>, name = path): Promise<Lab> {
  return parseLab(name, await readFile(path, 'utf8'), registry);
}

/** @throws LabProblems with every problem at once */
export function parseLab(file: string, text: string, registry: ReadonlyMap<string, Check>): Lab {
  const yaml = new YamlFile(file, text);
  const lab = validated(yaml, labSchema, (data) => labProblems(yaml, data, registry));
  return {
    ...lab,
    file,
    digest: createHash('sha256').update(text).digest('hex'),
    stages: lab.stages.map(({ 'undone-by': stageUndoneBy, ...stage }) => ({
      ...stage,
      section: stage.section ?? stage.title,
      checks: stage.checks.map((entry) => labCheck(entry, stageUndoneBy, registry)),
    })),
  };
}

function labCheck(
  { 'undone-by': undoneBy, 'explained-by': explainedBy, accepts, ...entry }: CheckEntry,
  stageUndoneBy: CheckEntry['undone-by'],
  registry: ReadonlyMap<string, Check>,
): LabCheck {
  const check = known(registry, entry.check);
  return {
    ...entry,
    check,
    title: entry.title ?? check.title,
    undoneBy: [undoneBy ?? stageUndoneBy ?? []].flat(),
    explainedBy: [explainedBy ?? []].flat(),
    accepts: new Set(accepts ?? ['observed', 'history']),
  };
}

function known(registry: ReadonlyMap<string, Check>, id: string): Check {
  const check = registry.get(id);
  if (!check) throw new Error(`The check ${id} is not registered.`);
  return check;
}
