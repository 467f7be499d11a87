/** Reading elements that hold one string or an array of them. */

import { quote, refuse } from './syntax-error.ts';

/**
 * Reads one string or several, and returns an array in either case.
 *
 * @throws PolicySyntaxError
 */
export function parseTexts(source: unknown, where: string): readonly string[] {
  const values: readonly unknown[] = Array.isArray(source) ? source : [source];
  if (values.length === 0) refuse(where, 'must not be empty.');
  return values.map((value) => {
    if (typeof value !== 'string') refuse(where, `expected a string, found ${quote(value)}.`);
    return value;
  });
}
