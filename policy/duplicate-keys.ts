/**
 * Finds a key that an object of a JSON text holds twice. `JSON.parse` keeps the last one silently, where AWS refuses the policy
 * (IAM User Guide, "Grammar of the IAM JSON policy language": no element may contain the same key twice).
 */

/** The first repeated key of valid JSON text. */
export function findDuplicateKey(json: string): string | undefined {
  // One entry per open bracket: the keys of an object, or undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') {
      const end = endOfString(json, at);
      if (expectsKey) {
        const key: unknown = JSON.parse(json.slice(at, end));
        const keys = open.at(-1);
        if (typeof key === 'string' && keys?.has(key)) return key;
        if (typeof key === 'string') keys?.add(key);
        expectsKey = false;
      }
      at = end - 1;
    } else if (character === '{') {
      open.push(new Set());
      expectsKey = true;
    } else if (character === '[') {
      open.push(undefined);
      expectsKey = false;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',') {
      expectsKey = open.at(-1) !== undefined;
    }
  }
  return undefined;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
