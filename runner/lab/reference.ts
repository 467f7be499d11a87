/**
 * References in lab files: `${alias}` is a parameter, `${key.arn}` an output of the check that the lab calls
 * `key`, and `${key.arn ?? alias}` the first of several that there is. What contains a colon (`${aws:username}`)
 * is an IAM policy variable and stays as it is.
 */

/** A name to look up: a parameter has no output. */
export interface Name {
  readonly name: string;
  readonly output?: string;
}

export interface Reference {
  /** `${key.arn ?? alias}` as written. */
  readonly text: string;
  /** In order of preference, at least one. */
  readonly names: readonly Name[];
}

const pattern = /\$\{([^}:]*)\}/g;
const namePattern = /^[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)?$/;

/** The references of a text. @throws SyntaxError with a sentence for one that cannot be read */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(pattern)].map(([whole, inner = '']) => ({
    text: whole,
    names: inner.split('??').map((part) => readName(part.trim(), whole)),
  }));
}

function readName(text: string, whole: string): Name {
  if (!namePattern.test(text)) throw new SyntaxError(`"${whole}" is not a reference.`);
  const [name = '', output] = text.split('.');
  return output === undefined ? { name } : { name, output };
}

/** Calls `visit` for every text in a tree of plain data, with its path. */
export function visitTexts(
  data: unknown,
  visit: (text: string, path: readonly PropertyKey[]) => void,
  path: readonly PropertyKey[] = [],
): void {
  if (typeof data === 'string') visit(data, path);
  else if (Array.isArray(data))
    for (const [index, item] of data.entries()) visitTexts(item, visit, [...path, index]);
  else if (typeof data === 'object' && data !== null) {
    for (const [key, item] of Object.entries(data)) visitTexts(item, visit, [...path, key]);
  }
}

/**
 * Replaces the references in a tree of plain data. A text that is one whole reference becomes the value itself,
 * numbers and lists included; inside a longer text values are written out.
 *
 * @param lookup gives undefined for what is not known (yet); such references stay as they are
 * @param wanted which references to replace; default all
 */
export function resolve<Data>(
  data: Data,
  lookup: (name: Name) => unknown,
  wanted: (reference: Reference) => boolean = () => true,
): Data {
  const valueFor = (reference: Reference) => {
    if (!wanted(reference)) return undefined;
    for (const name of reference.names) {
      const value = lookup(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return resolveTree(data, valueFor) as Data;
}

/** Replaces the references to parameters alone; one that could also be an output waits for the run. */
export function resolveParams<Data>(data: Data, params: Readonly<Record<string, string>>): Data {
  return resolve(data, ({ name, output }) => (output ? undefined : params[name]), isParamsOnly);
}

function isParamsOnly({ names }: Reference): boolean {
  return names.every((name) => name.output === undefined);
}

/** Whether a tree of plain data holds a reference of which no name is known. */
export function hasOpenReference(data: unknown, lookup: (name: Name) => unknown): boolean {
  let open = false;
  visitTexts(data, (text) => {
    open ||= referencesIn(text).some(({ names }) => names.every((name) => lookup(name) === undefined));
  });
  return open;
}

function resolveTree(data: unknown, valueFor: (reference: Reference) => unknown): unknown {
  if (typeof data === 'string') return resolveText(data, valueFor);
  if (Array.isArray(data)) return data.map((item) => resolveTree(item, valueFor));
  if (typeof data === 'object' && data !== null) {
    return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, resolveTree(item, valueFor)]));
  }
  return data;
}

function resolveText(text: string, valueFor: (reference: Reference) => unknown): unknown {
  const references = referencesIn(text);
  const [only] = references;
  if (only && only.text === text) return valueFor(only) ?? text;
  // A replacement is never read again: a parameter's value that looks like a reference stays text.
  let resolved = '';
  let rest = text;
  for (const reference of references) {
    const at = rest.indexOf(reference.text);
    resolved += rest.slice(0, at) + String(valueFor(reference) ?? reference.text);
    rest = rest.slice(at + reference.text.length);
  }
  return resolved + rest;
}
