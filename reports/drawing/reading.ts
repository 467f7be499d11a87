/** Items of a table as somebody read them. */
import type { ReadingView } from '../view/reading.ts';
import { frame } from './card.ts';
import { icon } from './icons.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { widthOf, wrap, writeLines } from './words.ts';

const heading = { size: 13, bold: true };
const cell = { size: 13, mono: true };
const leading = 18;
const pad = 16;

export function drawReading(reading: ReadingView, width: number, palette: Palette): Drawing {
  const widths = columnsOf(reading, width);
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, one) => sum + one, 0) + pad);
  const lines = (
    texts: readonly string[],
    lettering: typeof cell | typeof heading,
    y: number,
    fill: string,
  ) => {
    const wrapped = texts.map((text, index) => wrap(text, (widths[index] ?? 60) - pad, lettering, 5));
    const written = wrapped.map((one, index) =>
      writeLines(one, { ...lettering, x: lefts[index] ?? pad, y, fill, leading }),
    );
    return { body: written.join(''), height: Math.max(1, ...wrapped.map((one) => one.length)) * leading };
  };
  const top = 46;
  const header = lines(reading.columns, heading, top + 23, palette.quiet);
  let y = top + header.height + 14;
  let body = header.body + rule(y, width, palette.strongRule);
  for (const [index, row] of reading.rows.entries()) {
    const written = lines(row, cell, y + 22, palette.ink);
    body += written.body + (index > 0 ? rule(y, width, palette.rule) : '');
    y += written.height + 14;
  }
  const who = { size: 14, bold: true };
  const said = `${reading.principalName} reads ${reading.amount} of ${reading.table}`;
  const description = reading.rows
    .map((row) => row.map((value, index) => `${reading.columns[index]}: ${value}`).join(', '))
    .map((row) => `${row}.`)
    .join(' ');
  return {
    width,
    height: y,
    title: said,
    description,
    body: [
      element('rect', { ...frame(width, y), fill: palette.raised, stroke: palette.strongRule }),
      icon('lock-open', 15, 11, palette.pass),
      writeLines(wrap(said, width - 66, who, 1), { ...who, x: 48, y: 29, fill: palette.pass }),
      rule(top, width, palette.strongRule),
      body,
    ].join(''),
  };
}

function rule(y: number, width: number, stroke: string): string {
  return element('path', { d: `M1.5 ${y}H${width - 1.5}`, stroke });
}

/** Columns as wide as they need to be, and narrower in proportion where there is not the room. */
function columnsOf({ columns, rows }: ReadingView, width: number): number[] {
  const wanted = columns.map((name, index) => {
    const texts = rows.map((row) => widthOf((row[index] ?? '').slice(0, 60), cell));
    return Math.min(560, Math.max(50, widthOf(name.slice(0, 40), heading), ...texts)) + pad;
  });
  const total = wanted.reduce((sum, one) => sum + one, 0);
  const scale = Math.min(1, (width - 2 * pad) / Math.max(1, total));
  return wanted.map((one) => one * scale);
}
