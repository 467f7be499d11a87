import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../runner/integrity/canonical-json.ts';

/** The same value with the members of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value).reverse()) made[name] = turned(member);
  return made;
}

describe('canonical JSON', () => {
  it('is the same for the same value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(turned(value))).to.equal(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the value, and stays what it is when it is read and written again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).to.equal(text);
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same =
          JSON.stringify(turned(JSON.parse(canonicalJson(one)))) ===
          JSON.stringify(turned(JSON.parse(canonicalJson(other))));
        expect(canonicalJson(one) === canonicalJson(other)).to.equal(same);
      }),
    );
  });

  // Sections 3.2.2 and 3.2.3 of RFC 8785.
  it("writes the scheme's own examples", () => {
    const numbers = [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0];
    expect(canonicalJson(numbers)).to.equal('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]');
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(names)).to.equal(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
    expect(canonicalJson('\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/')).to.equal(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    );
  });

  it('refuses what is no JSON, and leaves out members without a value', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).to.equal('{"a":1}');
    for (const value of [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      () => 1,
      new Date(0),
      new Map(),
    ])
      expect(() => canonicalJson({ value: [value] })).to.throw(TypeError);
  });
});
