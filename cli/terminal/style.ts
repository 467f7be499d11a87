/** Colours and signs. A verdict is always a word as well, so that nothing is said by colour alone. */
import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import type { ItemState } from '../../runner/doctor/item.ts';
import type { Verdict } from '../../runner/result.ts';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly code: (text: string) => string;
  /** The verdict's sign and word, filled up to `width` columns. */
  readonly verdict: (verdict: Verdict, width?: number) => string;
  /** The sign of something that was looked at. */
  readonly state: (state: ItemState, sign: string) => string;
  /** Words in the colour of a verdict. */
  readonly paint: (verdict: Verdict, text: string) => string;
  /** The little Markdown of hints: `code` and *names*. */
  readonly markdown: (text: string) => string;
}

const words: Record<Verdict, string> = {
  pass: '✔ pass',
  fail: '✘ fail',
  error: '? not judged',
  skip: '· waits',
};

export function createStyle(useColour: boolean): Style {
  const colours = picocolors.createColors(useColour);
  const paint = { pass: colours.green, fail: colours.red, error: colours.yellow, skip: colours.dim };
  const states = {
    good: colours.green,
    warning: colours.yellow,
    missing: colours.red,
    unknown: colours.yellow,
  };
  return {
    bold: colours.bold,
    dim: colours.dim,
    code: colours.cyan,
    verdict: (verdict, width = 0) => paint[verdict](words[verdict].padEnd(width)),
    state: (state, sign) => states[state](sign),
    paint: (verdict, text) => paint[verdict](text),
    markdown: (text) =>
      text
        .replace(/`([^`]+)`/g, (whole, code: string) => (useColour ? colours.cyan(code) : whole))
        .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => colours.bold(strong))
        .replace(/\*([^*\s][^*]*)\*/g, (_, name: string) => (useColour ? colours.italic(name) : `"${name}"`)),
  };
}

/** Text that came from an account or a file, made harmless for a terminal: no escape sequences, one line. */
export function plain(text: string): string {
  return (
    stripVTControlCharacters(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
      .trim()
  );
}
