/** Text in drawings: how wide it is, where its lines break, and writing it. */
import { element, escapeXml } from './svg.ts';

export interface Lettering {
  /** Height of the letters, in the drawing's units. */
  readonly size: number;
  readonly mono?: boolean;
  readonly bold?: boolean;
}

const fonts = {
  sans: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  mono: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace",
};

/**
 * About how wide a text is. Which font will be there nobody knows; the figures are those of wide ones, so that lines end
 * too early rather than too late.
 */
export function widthOf(text: string, { size, mono = false, bold = false }: Lettering): number {
  let units = 0;
  for (const character of text) units += mono ? monoUnits(character) : sansUnits(character);
  return units * size * (bold && !mono ? 1.08 : 1);
}

function monoUnits(character: string): number {
  return isWide(character) ? 1.2 : 0.605;
}

function sansUnits(character: string): number {
  if (isWide(character)) return 1.1;
  if (/[ijl.,:;'|!()[\]]/.test(character)) return 0.36;
  if (/[ frt/\\-]/.test(character)) return 0.42;
  if (/[mwMW@%]/.test(character)) return 0.98;
  if (/[A-Z]/.test(character)) return 0.72;
  return 0.63;
}

/** Letters of East Asian scripts, and pictures. */
function isWide(character: string): boolean {
  return /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{1ffff}]/u.test(
    character,
  );
}

/** Breaks a text into lines of at most `width`, at spaces where it can; `mostLines` and an ellipsis end what is longer. */
export function wrap(text: string, width: number, lettering: Lettering, mostLines = 40): string[] {
  const lines: string[] = [];
  let line = '';
  let lineWidth = 0;
  const end = () => {
    lines.push(line.trimEnd());
    line = '';
    lineWidth = 0;
  };
  // A text of any length: what no line will show is not measured.
  for (const piece of text
    .slice(0, 4000)
    .replace(/\s/g, ' ')
    .match(/ +|[^ ]+/g) ?? []) {
    const pieceWidth = widthOf(piece, lettering);
    if (lineWidth + pieceWidth <= width) {
      line += piece;
      lineWidth += pieceWidth;
      continue;
    }
    if (piece.startsWith(' ')) {
      if (line !== '') end();
      continue;
    }
    if (line !== '' && pieceWidth <= width) end();
    for (const character of piece) {
      const characterWidth = widthOf(character, lettering);
      if (line !== '' && lineWidth + characterWidth > width) end();
      line += character;
      lineWidth += characterWidth;
    }
    if (lines.length > mostLines) break;
  }
  if (line.trim() !== '' || lines.length === 0) end();
  if (lines.length <= mostLines) return lines;
  const kept = lines.slice(0, mostLines);
  return [...kept.slice(0, -1), `${kept.at(-1)}…`];
}

interface Place extends Lettering {
  readonly x: number;
  /** Of the first line's base. */
  readonly y: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** From one base line to the next; default 1.4 times the size. */
  readonly leading?: number;
}

/** Writes lines, each below the one before. */
export function writeLines(lines: readonly string[], place: Place): string {
  const { x, y, size, fill, anchor, mono = false, bold = false, leading = size * 1.4 } = place;
  return lines
    .map((line, index) =>
      element(
        'text',
        {
          x,
          y: y + index * leading,
          fill,
          'font-family': mono ? fonts.mono : fonts.sans,
          'font-size': size,
          'font-weight': bold ? 600 : undefined,
          'text-anchor': anchor,
          // Right-to-left letters turn within the line, and the line stays where it is.
          direction: 'ltr',
          'unicode-bidi': 'plaintext',
        },
        escapeXml(line),
      ),
    )
    .join('');
}
