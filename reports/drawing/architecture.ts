/**
 * The lab's architecture in storeys: who acts on top, below it what is acted on. Where an arrow cannot lead straight down to
 * the next storey, or its words have no room, parts and arrows are drawn as steps instead.
 */
import type { ArchitectureView } from '../view/architecture.ts';
import { boxHeight, colourOf, drawBox } from './architecture-box.ts';
import { drawSteps } from './architecture-steps.ts';
import { describe, titleOf } from './architecture-words.ts';
import { mark } from './icons.ts';
import type { Palette } from './palette.ts';
import { storeysOf } from './storeys.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

type Part = ArchitectureView['parts'][number];
type Arrow = ArchitectureView['arrows'][number];

/** A part in its storey. */
interface Cell {
  readonly part: Part;
  readonly x: number;
  readonly width: number;
}

/** An arrow below a storey. */
interface Lane {
  readonly arrow: Arrow;
  readonly lines: readonly string[];
  readonly x: number;
}

const gap = 18;
const laneLabel = { size: 13 };
const leading = laneLabel.size * 1.35;
/** With less beside an arrow its words would be broken to pieces. */
const leastRoom = 90;
/** From an arrow to its words, with the mark between them. */
const labelOffset = 31;

export function drawArchitecture(view: ArchitectureView, width: number, palette: Palette): Drawing {
  const storeys = storeysOf(
    view.parts.map(({ id }) => id),
    view.arrows,
  );
  const rows = Array.from({ length: Math.max(...storeys.values()) + 1 }, (_, storey) =>
    cellsOf(
      view.parts.filter(({ id }) => storeys.get(id) === storey),
      width,
    ),
  );
  let y = 1;
  let body = '';
  for (const [storey, cells] of rows.entries()) {
    const height = Math.max(...cells.map((cell) => boxHeight(cell.part, cell.width)));
    for (const cell of cells) {
      body += drawBox(cell.part, { x: cell.x, y, width: cell.width, height }, palette);
    }
    y += height;
    const arrows = view.arrows.filter(({ from }) => storeys.get(from) === storey);
    const lanes = lanesOf(arrows, cells, rows[storey + 1] ?? []);
    if (!lanes) return drawSteps(view, width, palette);
    const tallest = Math.max(0, ...lanes.map(({ lines }) => lines.length));
    const drop = lanes.length > 0 ? Math.max(46, tallest * leading + 30) : gap;
    for (const lane of lanes) body += drawLane(lane, y, y + drop, palette);
    y += storey < rows.length - 1 ? drop : 0;
  }
  return { width, height: y + 1, title: titleOf(view), description: describe(view), body };
}

function cellsOf(parts: readonly Part[], width: number): Cell[] {
  const own = (width - 2 - (parts.length - 1) * gap) / Math.max(1, parts.length);
  return parts.map((part, index) => ({ part, x: 1 + index * (own + gap), width: own }));
}

/**
 * Where the arrows below a storey run: each has a share of what its part and the next have above each other. Undefined when
 * one of them does not lead to a part below its own, or has not the room.
 */
function lanesOf(
  arrows: readonly Arrow[],
  cells: readonly Cell[],
  below: readonly Cell[],
): Lane[] | undefined {
  const spans = arrows.map(({ from, to }) => {
    const start = cells.find(({ part }) => part.id === from);
    const end = below.find(({ part }) => part.id === to);
    if (!start || !end) return { left: 0, right: 0 };
    return { left: Math.max(start.x, end.x), right: Math.min(start.x + start.width, end.x + end.width) };
  });
  const lanes = arrows.map((arrow, index) => {
    const { left, right } = spans[index] ?? { left: 0, right: 0 };
    const sharing = spans.flatMap((one, at) => (one.left < right && one.right > left ? at : []));
    const share = (right - left) / Math.max(1, sharing.length);
    const begin = left + share * sharing.indexOf(index);
    const x = begin + Math.min(26, share / 4);
    const room = begin + share - x - labelOffset - 3;
    return { arrow, x, room, lines: wrap(arrow.says, Math.max(leastRoom, room), laneLabel, 6) };
  });
  const places = lanes.map(({ x }) => x).sort((a, b) => a - b);
  const apart = places.every(
    (x, index) => index === 0 || x - (places[index - 1] ?? 0) > leastRoom + labelOffset,
  );
  return apart && lanes.every(({ room }) => room >= leastRoom) ? lanes : undefined;
}

function drawLane({ arrow, lines, x }: Lane, top: number, bottom: number, palette: Palette): string {
  const colour = colourOf(arrow.state, palette);
  const stroke = { stroke: colour, 'stroke-width': 2, fill: 'none', 'stroke-linecap': 'round' };
  const dashes = arrow.state === 'open' ? '5 4' : undefined;
  const first = (top + bottom) / 2 - ((lines.length - 1) * leading) / 2 + 4;
  return [
    element('path', { d: `M${x} ${top + 2}V${bottom - 3}`, ...stroke, 'stroke-dasharray': dashes }),
    element('path', { d: `M${x - 5} ${bottom - 9}l5 6 5-6`, ...stroke, 'stroke-linejoin': 'round' }),
    arrow.state === 'given' ? '' : mark(arrow.state, x + 9, first - 12, { fill: colour, cut: palette.paper }),
    writeLines(lines, { ...laneLabel, x: x + labelOffset, y: first, fill: palette.ink, leading }),
  ].join('');
}
