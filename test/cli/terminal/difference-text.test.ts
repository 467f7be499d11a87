import { expect } from 'chai';
import { differenceLines } from '../../../cli/terminal/difference-text.ts';
import { createStyle } from '../../../cli/terminal/style.ts';

const style = createStyle(false);
const lines = (expected: unknown, actual: unknown) => differenceLines(expected, actual, style);

describe('expected against actual', () => {
  it('shows single values one under the other', () => {
    expect(lines('gone', 'ACTIVE')).to.deep.equal(['- actual    ACTIVE', '+ expected  gone']);
    expect(lines(1, undefined)).to.deep.equal(['- actual    nothing', '+ expected  1']);
  });

  it('shows only the members that differ', () => {
    const expected = { spec: 'SYMMETRIC', usage: { kind: 'ENCRYPT', since: 1 }, old: true };
    const actual = { spec: 'RSA', usage: { kind: 'ENCRYPT', since: 2 }, fresh: null };
    expect(lines(expected, actual)).to.deep.equal([
      '- actual    spec: RSA',
      '+ expected  spec: SYMMETRIC',
      '- actual    usage.since: 2',
      '+ expected  usage.since: 1',
      '+ expected  old: true',
      '- actual    fresh: null',
    ]);
  });

  it('shows of lists what is missing and what is too many', () => {
    expect(lines(['a', 'b'], ['b', 'c'])).to.deep.equal(['- actual    c', '+ expected  a']);
    expect(lines(['a', 'b'], ['b', 'a'])).to.deep.equal(['- actual    ["b","a"]', '+ expected  ["a","b"]']);
  });

  it('stays short, and harmless', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`m${at}`, at]));
    expect(lines(many, {})).to.have.length(7);
    expect(lines(many, {}).at(-1)).to.equal('  and 3 more');
    expect(lines('x'.repeat(10_000), 'a\u001b[2J\nb').join(''))
      .to.have.length.below(400)
      .and.not.include('\u001b');
  });
});
