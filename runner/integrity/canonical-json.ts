/**
 * One text for one JSON value, so that a digest does not hang on the order of members or on white space: the JSON
 * Canonicalization Scheme, RFC 8785. JavaScript writes numbers and strings as the scheme asks for; what is left is the
 * order of members, by UTF-16 code units. Half of a surrogate pair, which the scheme refuses, is written as its escape: what a
 * learner wrote must not keep a result from being signed.
 *
 * @throws TypeError for what JSON does not have: undefined, functions, dates, and numbers that are not finite
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no number of JSON.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    // Without a comparison of its own, sort() goes by UTF-16 code units.
    const byName = new Map(members);
    const written = [...byName.keys()]
      .sort()
      .map((name) => `${canonicalJson(name)}:${canonicalJson(byName.get(name))}`);
    return `{${written.join(',')}}`;
  }
  throw new TypeError(`JSON has no ${typeof value}.`);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
