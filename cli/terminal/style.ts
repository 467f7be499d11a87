/** Colours and signs. A verdict is always a word as well, so that nothing is said by colour alone. */
import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import { parseInlineUntrusted } from '../../reports/markdown/parse.ts';
import type { ItemState } from '../../runner/doctor/item.ts';
import type { Verdict } from '../../runner/result.ts';
import { hyperlink } from './hyperlinks.ts';
import { type InlineStyle, inlineText } from './inline-text.ts';

export interface Style extends InlineStyle {
  readonly code: (text: string) => string;
  /** The verdict's sign and word, filled up to `width` columns. */
  readonly verdict: (verdict: Verdict, width?: number) => string;
  /** The sign of something that was looked at. */
  readonly state: (state: ItemState, sign: string) => string;
  /** Words in the colour of a verdict. */
  readonly paint: (verdict: Verdict, text: string) => string;
  /** Markdown of one line, as hints are: code, *names* and links. */
  readonly markdown: (text: string) => string;
}

const words: Record<Verdict, string> = {
  pass: '✔ pass',
  fail: '✘ fail',
  error: '? not judged',
  skip: '· waits',
};

/** @param showsLinks whether the terminal opens links itself; only where it shows colours too */
export function createStyle(useColour: boolean, showsLinks = false): Style {
  const colours = picocolors.createColors(useColour);
  const paint = { pass: colours.green, fail: colours.red, error: colours.yellow, skip: colours.dim };
  const states = {
    good: colours.green,
    warning: colours.yellow,
    missing: colours.red,
    unknown: colours.yellow,
  };
  const style: Style = {
    bold: colours.bold,
    dim: colours.dim,
    code: colours.cyan,
    verdict: (verdict, width = 0) => paint[verdict](words[verdict].padEnd(width)),
    state: (state, sign) => states[state](sign),
    paint: (verdict, text) => paint[verdict](text),
    inlineCode: (text) => (useColour ? colours.cyan(text) : `\`${text}\``),
    emphasis: (text) => (useColour ? colours.italic(text) : `"${text}"`),
    link: (text, address) => {
      if (useColour && showsLinks) return hyperlink(colours.underline(text || address), address);
      return text === '' || text === address ? address : `${text} (${address})`;
    },
    markdown: (text) => inlineText(parseInlineUntrusted(text), style),
  };
  return style;
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
