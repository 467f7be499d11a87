import { expect } from 'chai';
import { findPattern } from '../../../runner/answers/find-pattern.ts';
import { PatternError, parsePattern } from '../../../runner/answers/pattern.ts';
import { readSentences } from '../../../runner/answers/sentences.ts';

const found = (pattern: string, text: string) =>
  readSentences(text).sentences.some(
    (sentence) => findPattern(parsePattern(pattern), sentence) !== undefined,
  );

describe('patterns', () => {
  for (const [pattern, text, expected] of [
    ['key', 'Many KEYS.', true],
    ['policy', 'two policies', true],
    ['decrypt', 'decrypting', true],
    ['decrypt', 'it is decrypted', true],
    ['use', 'used, using, uses', true],
    ['use', 'the user', false],
    ['key', 'monkey', false],
    ['protect*', 'protection', true],
    ['symmetric', 'asymmetric', false],
    ['asymmetric', 'symmetric', false],
    ['encryption', 'decryption', false],
    ['encrypted', 'decrypted', false],
    ['encryption', 'encription', true],
    ['symmetric', 'symetric', true],
    ['administrator', 'adminstrater', true],
    ['key', 'kay', false],
    ['same key', 'the same old rusty iron key', true],
    ['same key', 'the same old and rusty iron key', false],
    ['same .. key', 'the same old and rusty iron key', true],
    ['same .. key', 'the same old one. A key.', false],
    ['same key', 'key same', false],
    ['same & key', 'key same', true],
    ['key_user', 'key-users', true],
    ['key_user', 'key and user', false],
    ['key_policy/grant', 'a grant', true],
    ["can't", 'it cannot', true],
    ['not', 'it isnt', true],
    ['kms_decrypt', 'perform kms:Decrypt on it', true],
    ['a b a b', 'a x a b x a b', true],
    ['naïve', 'naive', true],
  ] as const) {
    it(`"${pattern}" is ${expected ? '' : 'not '}in: ${text}`, () => {
      expect(found(pattern, text)).to.equal(expected);
    });
  }

  for (const wrong of [
    '',
    ' ',
    'a/',
    '/a',
    'a__b',
    'a & ',
    '& a',
    '.. a',
    'a ..',
    'ab*',
    'a*b',
    '(a)',
    'a.b',
    '*',
  ]) {
    it(`refuses "${wrong}"`, () => {
      expect(() => parsePattern(wrong)).to.throw(PatternError);
    });
  }
});
