/** A part of the architecture as a box, with whether it is proven. */
import { type ArchitectureView, type ProofState, stateWords } from '../view/architecture.ts';
import { icon, mark } from './icons.ts';
import type { Palette } from './palette.ts';
import { element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

type Part = ArchitectureView['parts'][number];

export function colourOf(state: ProofState, palette: Palette): string {
  return state === 'proven' ? palette.pass : state === 'failed' ? palette.fail : palette.skip;
}

const boxTitle = { size: 14, bold: true };
const boxName = { size: 12.5, mono: true };
const boxState = { size: 12 };

function namesIn(part: Part, width: number): string[] {
  return part.name === undefined ? [] : wrap(part.name, width - 24 - 34, boxName, 3);
}

export function boxHeight(part: Part, width: number): number {
  const titles = wrap(part.title, width - 24 - 34, boxTitle, 2).length;
  return 22 + titles * 19 + namesIn(part, width).length * 17 + (part.state === 'given' ? 0 : 22);
}

export function drawBox(
  part: Part,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  palette: Palette,
): string {
  const { x, y, width } = box;
  const colour = colourOf(part.state, palette);
  const titles = wrap(part.title, width - 24 - 34, boxTitle, 2);
  const names = namesIn(part, width);
  const left = x + 46;
  const given = part.state === 'given';
  const nameY = y + 24 + titles.length * 19;
  return [
    element('rect', {
      ...box,
      rx: 8,
      fill:
        part.state === 'proven'
          ? palette.passTint
          : part.state === 'failed'
            ? palette.failTint
            : palette.raised,
      stroke: given ? palette.strongRule : colour,
      'stroke-width': 1.5,
      'stroke-dasharray': part.state === 'open' ? '5 4' : undefined,
    }),
    icon(part.kind, x + 13, y + 10, palette.ink),
    writeLines(titles, { ...boxTitle, x: left, y: y + 25, fill: palette.ink, leading: 19 }),
    writeLines(names, { ...boxName, x: left, y: nameY, fill: palette.ink, leading: 17 }),
    part.state === 'given'
      ? ''
      : mark(part.state, left, nameY + names.length * 17 - 8, { fill: colour, cut: palette.paper }) +
        writeLines([stateWords[part.state]], {
          ...boxState,
          x: left + 22,
          y: nameY + names.length * 17 + 4.5,
          fill: colour,
          bold: true,
        }),
  ].join('');
}
