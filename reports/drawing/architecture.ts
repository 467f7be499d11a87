/**
 * The lab's architecture in storeys: who acts on top, below it what is acted on. Arrows lead straight down where they can;
 * one that passes a storey has a place of its own in it, and one that leads up or sideways is drawn beside.
 */
import type { ArchitectureView } from '../view/architecture.ts';
import { boxHeight, colourOf, drawBox } from './architecture-box.ts';
import { drawSteps } from './architecture-steps.ts';
import { describe, nameOf, titleOf } from './architecture-words.ts';
import { mark } from './icons.ts';
import type { Palette } from './palette.ts';
import { storeysOf } from './storeys.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

type Part = ArchitectureView['parts'][number];
type Arrow = ArchitectureView['arrows'][number];

/** A column of a storey: a part, or the way of an arrow that passes. */
interface Cell {
  readonly part: Part | undefined;
  readonly x: number;
  readonly width: number;
}

interface Lane {
  readonly arrow: Arrow;
  readonly lines: readonly string[];
  readonly x: number;
  /** For the words beside it. */
  readonly room: number;
}

const gap = 18;
const laneLabel = { size: 13 };
const passing = 40;
/** With less beside an arrow its words would be broken to pieces. */
const leastRoom = 90;

export function drawArchitecture(view: ArchitectureView, width: number, palette: Palette): Drawing {
  const storeys = storeysOf(
    view.parts.map(({ id }) => id),
    view.arrows,
  );
  const storeyOf = (id: string) => storeys.get(id) ?? 0;
  const count = Math.max(...storeys.values()) + 1;
  const rows = Array.from({ length: count }, (_, storey) =>
    cellsOf(
      view.parts.filter(({ id }) => storeyOf(id) === storey),
      view.arrows.filter((arrow) => passes(arrow, storey, storeyOf)).length,
      width,
    ),
  );
  let y = 1;
  let body = '';
  for (const [storey, cells] of rows.entries()) {
    const height = Math.max(...cells.map(({ part, width: own }) => (part ? boxHeight(part, own) : 0)));
    for (const { part, x, width: own } of cells) {
      if (part) body += drawBox(part, { x, y, width: own, height }, palette);
    }
    const down = view.arrows.filter((arrow) => storeyOf(arrow.from) <= storey && storeyOf(arrow.to) > storey);
    const others = view.arrows.filter(
      (arrow) => storeyOf(arrow.from) === storey && storeyOf(arrow.to) <= storey,
    );
    // The way of a passing arrow through this storey.
    const through = cells.filter(({ part }) => !part);
    y += height;
    if (down.length + others.length === 0) continue;
    const below = rows[storey + 1] ?? [];
    const lanes = lanesOf(down, cells, below, through, width, storeyOf, storey);
    if (lanes.some((lane) => storeyOf(lane.arrow.from) === storey && lane.room < leastRoom)) {
      return drawSteps(view, width, palette);
    }
    const tallest = Math.max(0, ...lanes.map(({ lines }) => lines.length));
    const drop = Math.max(46, tallest * laneLabel.size * 1.35 + 30);
    for (const lane of lanes) {
      const starts = storeyOf(lane.arrow.from) === storey;
      const ends = storeyOf(lane.arrow.to) === storey + 1;
      body += drawLane(
        lane,
        { top: y, bottom: y + drop, ends, labelled: starts },
        palette,
        colourOf(lane.arrow.state, palette),
      );
    }
    y += drop;
    for (const arrow of others) {
      const words = `${nameOf(view, arrow.from)} ${arrow.says}: ${nameOf(view, arrow.to)}`;
      const lines = wrap(words, width - 30, laneLabel, 3);
      body +=
        arrow.state === 'given'
          ? ''
          : mark(arrow.state, 2, y - 4, { fill: colourOf(arrow.state, palette), cut: palette.paper });
      body += writeLines(lines, { ...laneLabel, x: 26, y: y + 9, fill: palette.ink });
      y += lines.length * laneLabel.size * 1.4 + 14;
    }
  }
  return {
    width,
    height: y + 1,
    title: titleOf(view),
    description: describe(view),
    body,
  };
}

function passes({ from, to }: Arrow, storey: number, storeyOf: (id: string) => number): boolean {
  return storeyOf(from) < storey && storeyOf(to) > storey;
}

function cellsOf(parts: readonly Part[], passed: number, width: number): Cell[] {
  const room = width - 2 - passed * (passing + gap) - (parts.length - 1) * gap;
  const own = room / Math.max(1, parts.length);
  return [
    ...parts.map((part, index) => ({ part, x: 1 + index * (own + gap), width: own })),
    ...Array.from({ length: passed }, (_, index) => ({
      part: undefined,
      x: width - 1 - (index + 1) * passing - index * gap,
      width: passing,
    })),
  ];
}

/** Where the arrows below a storey run: each has a share of what its part and the next have above each other. */
function lanesOf(
  arrows: readonly Arrow[],
  cells: readonly Cell[],
  below: readonly Cell[],
  through: readonly Cell[],
  width: number,
  storeyOf: (id: string) => number,
  storey: number,
): Lane[] {
  const passed = arrows.filter((arrow) => passes(arrow, storey, storeyOf));
  const belowPassed = arrows.filter((arrow) => storeyOf(arrow.to) > storey + 1);
  const spans = arrows.map((arrow) => {
    const start = cells.find(({ part }) => part?.id === arrow.from) ?? through[passed.indexOf(arrow)];
    const end =
      below.find(({ part }) => part?.id === arrow.to) ??
      below.filter(({ part }) => !part)[belowPassed.indexOf(arrow)];
    const left = Math.max(start?.x ?? 0, end?.x ?? 0);
    const right = Math.min((start?.x ?? 0) + (start?.width ?? width), (end?.x ?? 0) + (end?.width ?? width));
    // Without a place above each other the arrow leaves the upper part in its middle.
    return right - left > 30
      ? { left, right }
      : { left: start?.x ?? 0, right: (start?.x ?? 0) + (start?.width ?? width) };
  });
  return arrows.map((arrow, index) => {
    const span = spans[index] ?? { left: 0, right: width };
    const sharing = spans.flatMap((one, at) => (one.left < span.right && one.right > span.left ? at : []));
    const share = (span.right - span.left) / sharing.length;
    const x = span.left + share * sharing.indexOf(index) + Math.min(26, share / 4);
    const room = span.left + share * (sharing.indexOf(index) + 1) - x - 34;
    return { arrow, x, room, lines: wrap(arrow.says, Math.max(leastRoom, room), laneLabel, 6) };
  });
}

function drawLane(
  { arrow, lines, x }: Lane,
  at: { readonly top: number; readonly bottom: number; readonly ends: boolean; readonly labelled: boolean },
  palette: Palette,
  colour: string,
): string {
  const dashed = arrow.state === 'open' ? '5 4' : undefined;
  const stroke = { stroke: colour, 'stroke-width': 2, fill: 'none', 'stroke-linecap': 'round' };
  const line = element('path', {
    d: `M${x} ${at.top + 2}V${at.bottom - 3}`,
    ...stroke,
    'stroke-dasharray': dashed,
  });
  const head = at.ends
    ? element('path', { d: `M${x - 5} ${at.bottom - 9}l5 6 5-6`, ...stroke, 'stroke-linejoin': 'round' })
    : '';
  if (!at.labelled) return line + head;
  const leading = laneLabel.size * 1.35;
  const first = (at.top + at.bottom) / 2 - ((lines.length - 1) * leading) / 2 + 4;
  const sign =
    arrow.state === 'given' ? '' : mark(arrow.state, x + 9, first - 12, { fill: colour, cut: palette.paper });
  return (
    line + head + sign + writeLines(lines, { ...laneLabel, x: x + 31, y: first, fill: palette.ink, leading })
  );
}
