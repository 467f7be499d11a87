/** Who asked for the items, in order of time, and what came of it. */
import type { AccessFigureView } from '../view/access-figure.ts';
import { frame } from './card.ts';
import { icon } from './icons.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

const name = { size: 14, bold: true };
const small = { size: 12 };

export function drawAccess(view: AccessFigureView, width: number, palette: Palette): Drawing {
  const half = width / 2;
  const label = (icons: 'table' | 'key', title: string, value: string, x: number) =>
    icon(icons, x, 17, palette.accent) +
    writeLines([title], { ...small, x: x + 34, y: 24, fill: palette.quiet }) +
    writeLines(wrap(value, half - 70, { size: 13, mono: true }, 1), {
      size: 13,
      mono: true,
      x: x + 34,
      y: 43,
      fill: palette.ink,
    });
  let y = 60;
  let body = label('table', 'Table', view.table, 18) + label('key', 'Encrypted with', view.key, half);
  const wayWidth = 86;
  const right = half - 20;
  const who = right - wayWidth - 26;
  for (const { principalName, at, opened, outcome, call } of view.attempts) {
    const colour = opened ? palette.pass : palette.fail;
    const outcomes = wrap(outcome, width - right - 18, name, 3);
    const names = wrap(principalName, who, name, 2);
    const height = Math.max(outcomes.length, names.length) * 20 + 40;
    const middle = y + height / 2;
    const top = (lines: number) => middle - (lines * 20 + 18) / 2 + 15;
    const stroke = { stroke: colour, 'stroke-width': 2 };
    const way = right - wayWidth - 8;
    body += element('path', { d: `M1.5 ${y}H${width - 1.5}`, stroke: palette.rule });
    body += writeLines(names, { ...name, x: 18, y: top(names.length), fill: palette.ink, leading: 20 });
    body += writeLines([at.clock], {
      ...small,
      x: 18,
      y: top(names.length) + names.length * 20 - 1,
      fill: palette.quiet,
    });
    body += element('path', { d: `M${way} ${middle}h26`, ...stroke });
    body += icon(opened ? 'lock-open' : 'lock-closed', way + 32, middle - 12, colour);
    body += element('path', {
      d: `M${way + 60} ${middle}h22`,
      ...stroke,
      ...(opened ? {} : { stroke: palette.strongRule, 'stroke-dasharray': '2 4' }),
    });
    body += writeLines(outcomes, { ...name, x: right, y: top(outcomes.length), fill: colour, leading: 20 });
    body += writeLines([call], {
      ...small,
      mono: true,
      x: right,
      y: top(outcomes.length) + outcomes.length * 20 - 1,
      fill: palette.quiet,
    });
    y += height;
  }
  return {
    width,
    height: y,
    title: `Who asked for the items of ${view.table}, encrypted with ${view.key}`,
    description: view.attempts
      .map(({ principalName, at, outcome, call }) => `${at.clock}: ${principalName} ${outcome} (${call}).`)
      .join(' '),
    body: element('rect', { ...frame(width, y), fill: palette.raised, stroke: palette.strongRule }) + body,
  };
}
