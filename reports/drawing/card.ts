/** A card of named values: a key, or a table's encryption. */
import type { CardRow } from '../view/key-card.ts';
import { type IconName, icon } from './icons.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { widthOf, wrap, writeLines } from './words.ts';

export interface Card {
  readonly icon: IconName;
  readonly name: string;
  /** A word in the corner: the key's state. */
  readonly tag?: string;
  readonly rows: readonly CardRow[];
  /** What it is, for those who do not see it. */
  readonly title: string;
}

const names = { size: 13 };
const valueSize = 13;
const leading = 19;
const head = 48;

export function drawCard(card: Card, width: number, palette: Palette): Drawing {
  const column = Math.min(140, width * 0.32);
  const room = width - column - 40;
  let y = head + 26;
  let rows = '';
  for (const { name, value, isCode } of card.rows) {
    const lines = wrap(value, room, { size: isCode ? 12.5 : valueSize, mono: isCode }, 6);
    rows += writeLines(wrap(name, column - 12, names, 2), {
      ...names,
      x: 18,
      y,
      fill: palette.quiet,
      leading,
    });
    rows += writeLines(lines, {
      size: valueSize,
      mono: isCode,
      x: 18 + column,
      y,
      fill: palette.ink,
      leading,
    });
    y += lines.length * leading + 6;
  }
  const height = y - 6;
  const tag = card.tag ?? '';
  const tagWidth = widthOf(tag, { size: 12 }) + 24;
  const title = { size: 15, bold: true };
  const body = [
    element('rect', { ...frame(width, height), fill: palette.raised, stroke: palette.strongRule }),
    element('path', { d: `M.75 ${head}H${width - 0.75}`, stroke: palette.strongRule, 'stroke-width': 1.5 }),
    icon(card.icon, 16, 13, palette.accent),
    writeLines(wrap(card.name, width - 60 - (tag ? tagWidth + 20 : 20), title, 1), {
      ...title,
      x: 50,
      y: 30,
      fill: palette.ink,
    }),
    tag
      ? element('rect', {
          x: width - tagWidth - 16,
          y: 12,
          width: tagWidth,
          height: 24,
          rx: 12,
          fill: 'none',
          stroke: palette.ink,
        }) +
        writeLines([tag], {
          size: 12,
          x: width - tagWidth / 2 - 16,
          y: 28.5,
          anchor: 'middle',
          fill: palette.ink,
        })
      : '',
    rows,
  ].join('');
  const description = card.rows.map(({ name, value }) => `${name}: ${value}.`).join(' ');
  return { width, height, title: card.title, description, body };
}

/** The outline that all figures have. */
export function frame(width: number, height: number) {
  return { x: 0.75, y: 0.75, width: width - 1.5, height: height - 1.5, rx: 9, 'stroke-width': 1.5 };
}
