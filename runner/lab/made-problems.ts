/** What is wrong with a lab's `makes`: only what a parameter names may ever be removed. */
import { madeKinds, nameRules } from '../clean/made.ts';
import type { Problem } from './problem.ts';
import type { LabFile } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

export function madeProblems(file: YamlFile, lab: LabFile): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const params = Object.keys(lab.params).join(', ') || 'none';
  for (const [index, entry] of lab.makes.entries()) {
    const path = ['makes', index];
    const named = madeKinds.filter((kind) => entry[kind] !== undefined);
    const [kind] = named;
    if (kind === undefined || named.length > 1) {
      const message = `An entry of makes says one thing; this one says ${named.length}.`;
      problems.push(file.problem(path, message, `Write one of ${madeKinds.join(', ')} in each entry.`));
      continue;
    }
    if (entry.policies && kind !== 'iam.user') {
      const fix = 'Take `policies` out, or put it beside iam.user.';
      problems.push(file.problem([...path, 'policies'], 'Only an iam.user has policies.', fix, 'key'));
    }
    const text = entry[kind] ?? '';
    const param = /^\$\{([A-Za-z][\w-]*)\}$/.exec(text)?.[1];
    const at = [...path, kind];
    if (param === undefined || !Object.hasOwn(lab.params, param)) {
      const message = `"${text}" is not a parameter of the lab.`;
      problems.push(file.problem(at, message, `Write "\${name}" with a parameter; there are: ${params}.`));
      continue;
    }
    if (seen.has(`${kind} ${param}`)) {
      problems.push(file.problem(at, `"${text}" is there twice.`, 'Say each thing once.'));
    }
    seen.add(`${kind} ${param}`);
    const name = lab.params[param]?.default ?? '';
    const { word, pattern, rule } = nameRules[kind];
    if (!pattern.test(name)) {
      const message = `The default of ${param}, "${name}", is not the name of a ${word}.`;
      problems.push(file.problem(['params', param, 'default'], message, `Use ${rule}.`));
    }
  }
  return problems;
}
