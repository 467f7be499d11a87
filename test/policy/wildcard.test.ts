import { expect } from 'chai';
import fc from 'fast-check';
import { compileLiteral, compileWildcards, matchesPattern } from '../../policy/wildcard.ts';

/** Correct at sight, and exponential. */
function matchesSlowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '*') {
    return matchesSlowly(rest, text) || (text !== '' && matchesSlowly(pattern, text.slice(1)));
  }
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && matchesSlowly(rest, text.slice(1));
}

/** Text that counts how often the matcher looks at a character. */
function countingText(text: string): { readonly text: string; looks(): number } {
  let looks = 0;
  const counting = {
    length: text.length,
    charCodeAt(at: number) {
      looks++;
      return text.charCodeAt(at);
    },
  };
  // The matcher uses only these two members of a string.
  return { text: counting as unknown as string, looks: () => looks };
}

const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });

describe('wildcards', () => {
  it('agree with the obvious definition', () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        expect(matchesPattern(compileWildcards(p), t)).to.equal(matchesSlowly(p, t));
      }),
      { numRuns: 5000 },
    );
  });

  it('match a literal only with itself', () => {
    fc.assert(
      fc.property(pattern, pattern, (p, t) => {
        expect(matchesPattern(compileLiteral(p), t)).to.equal(p === t);
      }),
    );
  });

  it('take characters outside of the basic plane as two', () => {
    expect(matchesPattern(compileWildcards('??'), '🔑')).to.equal(true);
  });

  const adversaries: readonly (readonly [string, string])[] = [
    ['*a'.repeat(1000), 'a'.repeat(2000)],
    [`${'*a'.repeat(1000)}b`, 'a'.repeat(2000)],
    [`*${'a'.repeat(500)}b*`, 'a'.repeat(2000)],
    [`*${'?'.repeat(500)}b`, 'a'.repeat(2000)],
    ['*'.repeat(5000), 'a'.repeat(2000)],
    [`${'*?'.repeat(1000)}x`, 'a'.repeat(2000)],
  ];
  for (const [p, t] of adversaries) {
    it(`look at no character more often than the pattern is long: ${p.slice(0, 12)}...`, () => {
      const counted = countingText(t);
      matchesPattern(compileWildcards(p), counted.text);
      expect(counted.looks()).to.be.at.most(p.length * t.length);
    });
  }

  it('never do more work than pattern length times text length', () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const counted = countingText(t);
        matchesPattern(compileWildcards(p), counted.text);
        expect(counted.looks()).to.be.at.most(p.length * t.length);
      }),
      { numRuns: 2000 },
    );
  });
});
