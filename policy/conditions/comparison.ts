/** What numeric and date operators share: values with an order. */

import type { Template } from '../template.ts';
import type { ValueTest } from './operator.ts';

/** Builds `compile` functions for values that `read` turns into numbers, or undefined when it cannot. */
export function comparison(read: (text: string) => number | undefined) {
  return (agrees: (actual: number, expected: number) => boolean) =>
    (expected: Template): ValueTest => {
      const limit = read(expected.source);
      if (limit === undefined) return () => false;
      return (text) => {
        const actual = read(text);
        return actual !== undefined && agrees(actual, limit);
      };
    };
}
