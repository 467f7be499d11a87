/** The names of a learner that differ from the lab's. */
import { similarNames } from '../../checks/near-misses.ts';
import type { Lab } from '../lab/lab.ts';
import { PlanError, planRun } from '../plan.ts';

export interface ReadParameters {
  readonly params: Readonly<Record<string, string>>;
  readonly problems: readonly { readonly message: string; readonly fix: string }[];
}

/**
 * @param list `alias=alias/mine; table=notes`, also one on each line
 * @param single values of columns of their own, by parameter
 */
export function readParameters(lab: Lab, list: string, single: ReadonlyMap<string, string>): ReadParameters {
  const problems: { message: string; fix: string }[] = [];
  const pairs = new Map<string, string>();
  const add = (name: string, value: string) => {
    if (!Object.hasOwn(lab.params, name)) problems.push(unknown(lab, name));
    else if (pairs.has(name) && pairs.get(name) !== value)
      problems.push({ message: `The parameter "${name}" has two values.`, fix: 'Keep one of them.' });
    else pairs.set(name, value);
  };
  for (const part of list.split(/[;\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, value] = /^([^=]*?)\s*=\s*(.+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined)
      problems.push({ message: `"${part}" is no name=value.`, fix: 'Write alias=alias/mine; table=notes.' });
    else add(name, value);
  }
  for (const [name, value] of single) if (value !== '') add(name, value);
  // One by one, so that each value that does not fit is told.
  for (const [name, value] of pairs) {
    try {
      planRun(lab, { [name]: value });
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      const why = error.message.replace(/ Choose another with `--set`\.$/, '');
      problems.push({ message: `The parameter ${name}: ${why}`, fix: 'Choose another value.' });
    }
  }
  return { params: Object.fromEntries(pairs), problems };
}

function unknown(lab: Lab, name: string): { message: string; fix: string } {
  const names = Object.keys(lab.params);
  const near = similarNames(name, names)[0];
  return {
    message: `The lab ${lab.id} has no parameter "${name}".`,
    fix: near === undefined ? `Its parameters: ${names.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  };
}
