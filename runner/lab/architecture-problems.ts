/** What is wrong with a lab's `architecture`: arrows from nowhere, proofs that no check gives. */
import type { Problem } from './problem.ts';
import type { LabFile } from './schema.ts';
import type { Path, YamlFile } from './yaml-file.ts';

export function architectureProblems(file: YamlFile, lab: LabFile): Problem[] {
  if (!lab.architecture) return [];
  const { parts, arrows } = lab.architecture;
  const problems: Problem[] = [];
  const entries = lab.stages.flatMap(({ checks }) => checks);
  const proves = (names: string | string[] | undefined, path: Path) => {
    for (const name of [names ?? []].flat()) {
      const found = entries.filter((entry) => entry.as === name || entry.check === name);
      if (found.length === 1) continue;
      const [message, fix] =
        found.length === 0
          ? [`No check of the lab is called "${name}".`, 'Write the `as` or the id of a check of this lab.']
          : [
              `"${name}" is ${found.length} checks of the lab.`,
              'Give the one that is meant an `as`, and write that.',
            ];
      problems.push(file.problem([...path, 'proven-by'], message, fix));
    }
  };
  const ids = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const path = ['architecture', 'parts', index];
    if (ids.has(part.id)) {
      problems.push(
        file.problem([...path, 'id'], `The part "${part.id}" is there twice.`, 'Give each its own.'),
      );
    }
    ids.add(part.id);
    proves(part['proven-by'], path);
  }
  for (const [index, arrow] of arrows.entries()) {
    const path = ['architecture', 'arrows', index];
    for (const end of ['from', 'to'] as const) {
      if (ids.has(arrow[end])) continue;
      const fix = `There are: ${[...ids].join(', ')}.`;
      problems.push(file.problem([...path, end], `There is no part "${arrow[end]}".`, fix));
    }
    if (arrow.from === arrow.to) {
      const message = `An arrow leads from "${arrow.from}" to itself.`;
      problems.push(file.problem([...path, 'to'], message, 'Name two different parts.'));
    }
    proves(arrow['proven-by'], path);
  }
  return problems;
}
