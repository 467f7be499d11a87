/** What the schema cannot say: names that are unknown or taken twice, references that lead nowhere, no points. */
import type { Check } from '../../checks/check.ts';
import { architectureProblems } from './architecture-problems.ts';
import { expectsProblems } from './expects-problems.ts';
import { madeProblems } from './made-problems.ts';
import { nearNames } from './near-names.ts';
import type { Problem } from './problem.ts';
import { type Name, type Reference, referencesIn, resolve, visitTexts } from './reference.ts';
import type { CheckEntry, LabFile } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Path, YamlFile } from './yaml-file.ts';

export function labProblems(file: YamlFile, lab: LabFile, registry: ReadonlyMap<string, Check>): Problem[] {
  return [
    ...repeatedNames(file, lab),
    ...undoneByProblems(file, lab),
    ...checkProblems(file, lab, registry),
    ...expectsProblems(file, lab),
    ...pointProblems(file, lab),
    ...madeProblems(file, lab),
    ...architectureProblems(file, lab),
  ];
}

function repeatedNames(file: YamlFile, lab: LabFile): Problem[] {
  const problems: Problem[] = [];
  const once = (what: string, seen: Set<string>, name: string, path: Path) => {
    if (seen.has(name))
      problems.push(file.problem(path, `${what} "${name}" is there twice.`, 'Give each its own.'));
    seen.add(name);
  };
  const stages = new Set<string>();
  const outputs = new Set<string>();
  const questions = new Set<string>();
  for (const [index, question] of lab.questions.entries()) {
    once('The question', questions, question.id, ['questions', index, 'id']);
  }
  for (const [at, stage] of lab.stages.entries()) {
    once('The stage', stages, stage.id, ['stages', at, 'id']);
    for (const [index, entry] of stage.checks.entries()) {
      if (entry.as) once('The name', outputs, entry.as, ['stages', at, 'checks', index, 'as']);
    }
    for (const [index, question] of stage.questions.entries()) {
      once('The question', questions, question.id, ['stages', at, 'questions', index, 'id']);
    }
  }
  return problems;
}

function undoneByProblems(file: YamlFile, lab: LabFile): Problem[] {
  const problems: Problem[] = [];
  for (const [at, stage] of lab.stages.entries()) {
    const later = new Set(lab.stages.slice(at + 1).map((one) => one.id));
    const look = (names: string | string[] | undefined, path: Path) => {
      for (const name of [names ?? []].flat()) {
        if (later.has(name)) continue;
        problems.push(
          file.problem(
            path,
            `No later stage is called "${name}".`,
            'Name a stage that comes after this one.',
          ),
        );
      }
    };
    look(stage['undone-by'], ['stages', at, 'undone-by']);
    for (const [index, entry] of stage.checks.entries()) {
      look(entry['undone-by'], ['stages', at, 'checks', index, 'undone-by']);
    }
  }
  return problems;
}

function pointProblems(file: YamlFile, lab: LabFile): Problem[] {
  const total = lab.stages.flatMap((stage) => stage.checks).reduce((sum, entry) => sum + entry.points, 0);
  if (total > 0) return [];
  return [
    file.problem(
      ['stages'],
      'The checks of this lab are worth zero points.',
      'Give at least one check points.',
      'key',
    ),
  ];
}

function checkProblems(file: YamlFile, lab: LabFile, registry: ReadonlyMap<string, Check>): Problem[] {
  const problems = textProblems(file, lab, new Map(), lab.costs ?? '', ['costs']);
  for (const [index, part] of (lab.architecture?.parts ?? []).entries()) {
    const path = ['architecture', 'parts', index, 'name'];
    problems.push(...textProblems(file, lab, new Map(), part.name ?? '', path));
  }
  const known = new Map<string, Check | undefined>();
  for (const [at, stage] of lab.stages.entries()) {
    for (const text of ['guide', 'title'] as const) {
      problems.push(...textProblems(file, lab, new Map(), stage[text], ['stages', at, text]));
    }
    for (const [index, entry] of stage.checks.entries()) {
      const path = ['stages', at, 'checks', index];
      const check = registry.get(entry.check);
      if (!check) {
        problems.push(
          file.problem(
            [...path, 'check'],
            `There is no check "${entry.check}".`,
            suggestion(entry.check, registry),
          ),
        );
      }
      problems.push(
        ...wayProblems(file, check, entry, path),
        ...explainedByProblems(file, known, entry, path),
      );
      const references = withProblems(file, lab, known, entry, path);
      problems.push(...references, ...textProblems(file, lab, new Map(), entry.hint, [...path, 'hint']));
      if (check && references.length === 0)
        problems.push(...parameterProblems(file, lab, check, entry, path));
      if (entry.as) known.set(entry.as, check);
    }
  }
  return problems;
}

function wayProblems(
  file: YamlFile,
  check: Check | undefined,
  { accepts }: CheckEntry,
  path: Path,
): Problem[] {
  if (accepts === undefined || check === undefined || check.probes.length > 0) return [];
  const message = `${check.id} has one way to its answer, so there is nothing to choose.`;
  return [file.problem([...path, 'accepts'], message, 'Take `accepts` out.', 'key')];
}

function explainedByProblems(
  file: YamlFile,
  known: ReadonlyMap<string, Check | undefined>,
  entry: CheckEntry,
  path: Path,
): Problem[] {
  const names = [entry['explained-by'] ?? []].flat();
  return names
    .filter((name) => !known.has(name))
    .map((name) =>
      file.problem(
        [...path, 'explained-by'],
        `No earlier check is called "${name}".`,
        `Add "as: ${name}" to a check that comes before.`,
      ),
    );
}

/** Holds `with` against the check's own schema, parameters replaced by their defaults. */
function parameterProblems(
  file: YamlFile,
  lab: LabFile,
  check: Check,
  entry: CheckEntry,
  path: Path,
): Problem[] {
  const resolved = resolve(entry.with, (name) => (name.output ? undefined : lab.params[name.name]?.default));
  const parsed = check.params.safeParse(resolved);
  if (parsed.success) return [];
  // What is still a reference is an output whose value only a run knows.
  const open = new Set<PropertyKey>();
  for (const [member, value] of Object.entries(resolved)) {
    visitTexts(value, (text) => {
      if (safeReferences(text).length > 0) open.add(member);
    });
  }
  const issues = parsed.error.issues.filter((issue) => !open.has(issue.path[0] ?? ''));
  return schemaProblems(file, issues, [...path, 'with'], Object.keys(check.params.shape));
}

function withProblems(
  file: YamlFile,
  lab: LabFile,
  known: ReadonlyMap<string, Check | undefined>,
  entry: CheckEntry,
  path: Path,
): Problem[] {
  const problems: Problem[] = [];
  visitTexts(entry.with, (text, inner) => {
    problems.push(...textProblems(file, lab, known, text, [...path, 'with', ...inner]));
  });
  return problems;
}

function textProblems(
  file: YamlFile,
  lab: LabFile,
  known: ReadonlyMap<string, Check | undefined>,
  text: string,
  path: Path,
): Problem[] {
  let references: Reference[];
  try {
    references = referencesIn(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [file.problem(path, message, 'Write "${parameter}" or "${name.output}".')];
  }
  return references.flatMap((reference) =>
    reference.names.flatMap((name) => {
      const problem = nameProblem(lab, known, name);
      return problem ? [file.problem(path, `"${reference.text}": ${problem.message}`, problem.fix)] : [];
    }),
  );
}

function nameProblem(
  lab: LabFile,
  known: ReadonlyMap<string, Check | undefined>,
  { name, output }: Name,
): { message: string; fix: string } | undefined {
  if (output === undefined) {
    if (Object.hasOwn(lab.params, name)) return undefined;
    const params = Object.keys(lab.params).join(', ');
    return {
      message: `there is no parameter "${name}".`,
      fix: `Declare it under params; there are: ${params || 'none'}.`,
    };
  }
  if (!known.has(name)) {
    return {
      message: `no earlier check is called "${name}".`,
      fix: `Add "as: ${name}" to a check that comes before.`,
    };
  }
  const check = known.get(name);
  if (!check || Object.hasOwn(check.outputs.shape, output)) return undefined;
  const outputs = Object.keys(check.outputs.shape).join(', ');
  return { message: `${check.id} has no output "${output}".`, fix: `Its outputs: ${outputs || 'none'}.` };
}

function safeReferences(text: string): Reference[] {
  try {
    return referencesIn(text);
  } catch {
    return [];
  }
}

function suggestion(id: string, registry: ReadonlyMap<string, Check>): string {
  const service = id.split('/', 1)[0];
  const near = [...registry.keys()].filter((one) => one.startsWith(`${service}/`));
  if (near.length > 0) return `There are: ${near.join(', ')}.`;
  const meant = nearNames(id, [...registry.keys()]);
  const asked = meant.length === 0 ? '' : ` Or did you mean ${meant.map((one) => `"${one}"`).join(' or ')}?`;
  return `A check of your own comes with \`--checks\` and its module.${asked}`;
}
