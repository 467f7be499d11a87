/** The binary operator: bytes, written in base64 on both sides. */

import type { Template } from '../template.ts';
import type { ValueOperator, ValueTest } from './operator.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The digits without padding, which is optional. */
function digits(text: string): string | undefined {
  return BASE64.test(text) ? text.replace(/=+$/, '') : undefined;
}

function sameBytes(expected: Template): ValueTest {
  const wanted = digits(expected.source);
  return (actual) => wanted !== undefined && digits(actual) === wanted;
}

export const binaryOperators: readonly ValueOperator[] = [
  { name: 'BinaryEquals', negated: false, variables: false, compile: sameBytes },
];
