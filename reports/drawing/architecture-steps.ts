/** The lab's architecture where there is no room for parts side by side: one below the other, each with what it does. */
import type { ArchitectureView } from '../view/architecture.ts';
import { boxHeight, colourOf, drawBox } from './architecture-box.ts';
import { describe, nameOf, titleOf } from './architecture-words.ts';
import { mark } from './icons.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

const label = { size: 13 };
const leading = 18;
const rail = 26;
const left = 48;

export function drawSteps(view: ArchitectureView, width: number, palette: Palette): Drawing {
  let y = 1;
  let body = '';
  for (const part of view.parts) {
    const height = boxHeight(part, width - 2);
    body += drawBox(part, { x: 1, y, width: width - 2, height }, palette);
    y += height;
    const arrows = view.arrows.filter(({ from }) => from === part.id);
    let from = y;
    for (const { says, to, state } of arrows) {
      const colour = colourOf(state, palette);
      const lines = wrap(`${says}: ${nameOf(view, to)}`, width - left - 28, label, 5);
      const middle = y + 21;
      const stroke = { fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linecap': 'round' };
      const dashes = state === 'open' ? '5 4' : undefined;
      body += element('path', {
        d: `M${rail} ${from}V${middle}H${left - 6}`,
        ...stroke,
        'stroke-dasharray': dashes,
      });
      body += element('path', { d: `M${left - 11} ${middle - 4}l5 4-5 4`, ...stroke });
      if (state !== 'given') body += mark(state, left, middle - 8, { fill: colour, cut: palette.paper });
      body += writeLines(lines, { ...label, x: left + 24, y: middle + 4.5, fill: palette.ink, leading });
      from = middle;
      y += lines.length * leading + 10;
    }
    y += arrows.length > 0 ? 16 : 12;
  }
  return { width, height: y - 10, title: titleOf(view), description: describe(view), body };
}
