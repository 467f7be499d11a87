import type { ClassResult } from '../../../runner/class-result.ts';

/** The class result itself, for programs: `labwright/class/v1`. */
export function gradebookJson(result: ClassResult): string {
  return [...gradebookJsonParts(result)].join('');
}

/** The same text in parts, a learner at a time: `JSON.stringify(result, null, 2)` of a large class is too large to be held as one. */
export function* gradebookJsonParts(result: ClassResult): Generator<string> {
  let opened = '{';
  for (const [name, value] of Object.entries(result)) {
    if (value === undefined) continue;
    yield `${opened}\n  ${JSON.stringify(name)}: `;
    opened = ',';
    if (name === 'learners') yield* listParts(result.learners);
    else yield indented(value, '  ');
  }
  yield '\n}\n';
}

function* listParts(list: readonly unknown[]): Generator<string> {
  let opened = '[';
  for (const one of list) {
    yield `${opened}\n    ${indented(one, '    ')}`;
    opened = ',';
  }
  yield list.length === 0 ? '[]' : '\n  ]';
}

/** As it stands deeper in a document. Line feeds in texts are escaped, so that all others are between members. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`);
}
