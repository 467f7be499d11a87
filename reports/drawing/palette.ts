/** The colours of drawings: those of the page that they stand in, or a set of their own for a file. */

type Colour =
  | 'ink'
  | 'quiet'
  | 'paper'
  | 'raised'
  | 'rule'
  | 'strongRule'
  | 'accent'
  | 'pass'
  | 'fail'
  | 'skip'
  | 'passTint'
  | 'failTint';

export type Palette = Readonly<Record<Colour, string>>;

// The values are those of write-up.css, so that a file and the page look alike.
export const lightPalette: Palette = {
  ink: '#1e2227',
  quiet: '#575d65',
  paper: '#fbfaf7',
  raised: '#ffffff',
  rule: '#dcd7cc',
  strongRule: '#8d8a80',
  accent: '#1d4f6e',
  pass: '#17643f',
  fail: '#a32426',
  skip: '#565a75',
  passTint: '#eaf3ec',
  failTint: '#fbeceb',
};

export const darkPalette: Palette = {
  ink: '#e8e5de',
  quiet: '#a9adb2',
  paper: '#14171a',
  raised: '#1b1f23',
  rule: '#343a40',
  strongRule: '#767c83',
  accent: '#93c4e3',
  pass: '#7fcf9f',
  fail: '#f29a96',
  skip: '#b9bcd6',
  passTint: '#18261e',
  failTint: '#2d1c1c',
};

/** Follows the page's own style sheet, in light and dark. */
export const pagePalette: Palette = {
  ink: 'var(--ink)',
  quiet: 'var(--quiet)',
  paper: 'var(--paper)',
  raised: 'var(--raised)',
  rule: 'var(--rule)',
  strongRule: 'var(--strong-rule)',
  accent: 'var(--accent)',
  pass: 'var(--pass)',
  fail: 'var(--fail)',
  skip: 'var(--skip)',
  passTint: 'var(--pass-tint)',
  failTint: 'var(--fail-tint)',
};
