import { referencesIn, visitTexts } from '../../lab/reference.ts';
import type { Rule } from '../rule.ts';

export const unusedParameter: Rule = {
  id: 'unused-parameter',
  severity: 'warning',
  why: 'A name that the learner may choose and that nothing uses misleads; most often a text names its default instead.',
  look({ file, data, proof }) {
    const used = new Set<string>();
    const { params, ...rest } = data;
    visitTexts([rest, proof?.data], (text) => {
      for (const name of namesIn(text)) used.add(name);
    });
    return Object.keys(params)
      .filter((name) => !used.has(name))
      .map((name) =>
        file.problem(
          ['params', name],
          `Nothing refers to the parameter "${name}".`,
          `Write "\${${name}}" where it is meant, or remove it.`,
          'key',
        ),
      );
  },
};

function namesIn(text: string): string[] {
  try {
    return referencesIn(text).flatMap(({ names }) =>
      names.filter(({ output }) => !output).map(({ name }) => name),
    );
  } catch {
    // That it cannot be read is told elsewhere.
    return [];
  }
}
