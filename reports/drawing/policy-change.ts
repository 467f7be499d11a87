/** The key policy before and after, what changed marked by sign, colour and weight. */
import { clip } from '../plain-text.ts';
import type { PolicyChangeView } from '../view/policy-change.ts';
import { frame } from './card.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

const leading = 19;
const mostLines = 80;

export function drawPolicyChange(change: PolicyChangeView, width: number, palette: Palette): Drawing {
  const lettering = { size: 12.5, mono: true };
  let y = 22;
  let body = '';
  for (const { kind, sign, text } of change.lines.slice(0, mostLines)) {
    if (kind === 'gap') {
      body += writeLines([text], { size: 12, x: 40, y, fill: palette.quiet });
      y += leading;
      continue;
    }
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    const left = 40 + Math.min(indent, 20) * 7.5;
    const lines = wrap(text.trimStart(), width - left - 16, { ...lettering, bold: kind !== 'same' }, 4);
    const colour = kind === 'added' ? palette.pass : kind === 'removed' ? palette.fail : palette.ink;
    if (kind !== 'same') {
      const area = { x: 1.5, y: y - 14, height: lines.length * leading };
      body += element('rect', {
        ...area,
        width: width - 3,
        fill: kind === 'added' ? palette.passTint : palette.failTint,
      });
      body += element('rect', { ...area, width: 5, fill: colour });
      body += writeLines([sign], { ...lettering, x: 20, y, fill: colour, bold: true });
    }
    body += writeLines(lines, {
      ...lettering,
      x: left,
      y,
      fill: kind === 'same' ? palette.ink : colour,
      bold: kind !== 'same',
      leading,
    });
    y += lines.length * leading;
  }
  const height = y - 4;
  const changed = change.lines.flatMap(({ kind, text }) =>
    kind === 'added' || kind === 'removed' ? `${kind}: ${clip(text.trim(), 300)}` : [],
  );
  return {
    width,
    height,
    title: `The key policy before and after: ${change.summary}`,
    description: changed.slice(0, mostLines).join('; '),
    body:
      element('rect', { ...frame(width, height), fill: palette.raised, stroke: palette.strongRule }) + body,
  };
}
