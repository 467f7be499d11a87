/** Lab files made from real ones: some still good, most broken in one to three ways that a schema could notice. */
import fc from 'fast-check';
import type { Check } from '../../checks/check.ts';

type Data = { [key: string]: unknown };
interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * The first stages of a lab in few words: long texts, and what is expected of answers, are many, and alike to a schema.
 *
 * @param length how many stages; what tells of later ones is left out
 */
export function sparseLab(source: Data, length: number): Data {
  const stages = source.stages as Data[];
  const isWhole = length >= stages.length;
  const { architecture, ...lab } = source;
  const part = {
    ...lab,
    ...(isWhole && architecture !== undefined && { architecture }),
    stages: stages.slice(0, length),
  };
  return JSON.parse(JSON.stringify(part), (key: string, value: unknown) => {
    if (key === 'undone-by' && !isWhole) return undefined;
    if (key === 'questions' || key === 'concepts' || key === 'misconceptions')
      return (value as unknown[]).slice(0, 1);
    if (key === 'patterns') return ['safe*'];
    if (key === 'unless') return ['never'];
    if (key === 'correction') return 'It is otherwise.';
    return typeof value === 'string' && value.length > 100 ? 'Few words.' : value;
  }) as Data;
}

export interface ChangedLab {
  readonly lab: Data;
  /** What was changed, for whoever reads that a change was judged in two ways. */
  readonly changes: readonly Place[];
}

/** The lab with up to three changes, each of a kind that a schema can judge. */
export function changedLab(lab: Data, registry: ReadonlyMap<string, Check>): fc.Arbitrary<ChangedLab> {
  const change = fc
    .constantFrom(...placesIn(lab))
    .chain((place) => fc.constantFrom(...changesAt(place, registry)).map((value) => ({ ...place, value })));
  const broken = fc.array(change, { minLength: 1, maxLength: 3 });
  const good = fc.array(fc.constantFrom(...goodChanges), { maxLength: 3 });
  return fc.tuple(fc.oneof(fc.constant([]), broken), good).map(([changes, others]) => {
    const copy = structuredClone(lab);
    for (const one of others) one(copy);
    for (const one of changes) put(copy, one);
    return { lab: copy, changes };
  });
}

/** Every place in the lab that may be changed. */
function placesIn(data: unknown, path: Place['path'] = []): Place[] {
  const inner =
    typeof data === 'object' && data !== null
      ? Object.entries(data).flatMap(([key, value]) =>
          placesIn(value, [...path, Array.isArray(data) ? Number(key) : key]),
        )
      : [];
  return path.length === 0 ? inner : [{ path, value: data }, ...inner];
}

const removed = Symbol('removed');
const withUnknownKey = Symbol('with an unknown key');

/** What may stand there instead. */
function changesAt({ path, value }: Place, registry: ReadonlyMap<string, Check>): unknown[] {
  const key = path.at(-1);
  const values: unknown[] = [
    removed,
    null,
    5,
    -1,
    true,
    '',
    '   ',
    'Some Words',
    [],
    {},
    ['x'],
    1e9,
    'not a url',
    'https://example.com/',
  ];
  if (key === 'check') values.push('kms/no-such-check', ...registry.keys());
  if (path.includes('with')) values.push('${alias}', '${nothing.at-all}');
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    values.push(withUnknownKey, withUnknownKey);
  if (typeof value === 'string') values.push('lower-case', `${value} `, value.toUpperCase());
  if (typeof value === 'number') values.push(value + 0.5, value + 1, String(value));
  if (Array.isArray(value)) values.push([...value, 7], value.slice(0, 1));
  return values;
}

/** Changes after which a lab is as good as before. */
const goodChanges: readonly ((lab: Data) => void)[] = [
  (lab) => {
    lab.title = 'Another title';
  },
  (lab) => {
    lab.about = 'In other words.';
  },
  (lab) => {
    delete lab.project;
  },
  (lab) => {
    lab.project = 'http://example.com/projects/1';
  },
  (lab) => {
    lab.questions = [];
  },
  (lab) => {
    lab.params = { ...(lab.params as Data), spare: { default: 'spare', about: 'Another name' } };
  },
  (lab) => {
    delete lab.architecture;
  },
];

function put(lab: Data, { path, value }: Place): void {
  let target: unknown = lab;
  for (const step of path.slice(0, -1)) target = (target as Data | undefined)?.[step];
  const last = path.at(-1);
  // An earlier change may have taken the place away.
  if (typeof target !== 'object' || target === null || last === undefined) return;
  const holder = target as Data;
  if (value === removed) {
    if (Array.isArray(target)) target.splice(Number(last), 1);
    else delete holder[last];
  } else if (value === withUnknownKey) {
    const inner = holder[last];
    if (typeof inner === 'object' && inner !== null) (inner as Data).surprise = 'unknown';
  } else holder[last] = value;
}
