/** Which figures of a write-up can be drawn, what they are called, and how. */
import { drawAccess } from './drawing/access.ts';
import { drawArchitecture } from './drawing/architecture.ts';
import { drawCard } from './drawing/card.ts';
import { drawDenial } from './drawing/denial.ts';
import type { Palette } from './drawing/palette.ts';
import { drawPolicyChange } from './drawing/policy-change.ts';
import { drawReading } from './drawing/reading.ts';
import type { Drawing } from './drawing/svg.ts';
import type { WriteUpView } from './view/write-up.ts';

interface DrawnFigure {
  /** A name of its own in the document: `key`, `items-2`. */
  readonly name: string;
  readonly draw: (width: number, palette: Palette) => Drawing;
}

/** The figures by the part of the view that they are drawn from. */
export type DrawnFigures = ReadonlyMap<object, DrawnFigure>;

export function drawnFigures({ access, architecture, sections }: WriteUpView): DrawnFigures {
  const drawn = new Map<object, DrawnFigure>();
  const add = <View extends object>(
    view: View | undefined,
    name: string,
    draw: (view: View, width: number, palette: Palette) => Drawing,
  ) => {
    if (view) drawn.set(view, { name, draw: (width, palette) => draw(view, width, palette) });
  };
  add(access, 'access', drawAccess);
  add(architecture, 'architecture', drawArchitecture);
  let readings = 0;
  for (const { figures } of sections) {
    add(figures.key, 'key', ({ name, state, rows }, ...rest) =>
      drawCard({ icon: 'key', title: `The KMS key ${name}`, name, tag: state, rows }, ...rest),
    );
    add(figures.table, 'table', ({ name, rows }, ...rest) =>
      drawCard({ icon: 'table', title: `How the table ${name} is encrypted`, name, rows }, ...rest),
    );
    add(figures.denial, 'denial', drawDenial);
    add(figures.policy, 'policy', drawPolicyChange);
    for (const reading of figures.readings) {
      readings += 1;
      add(reading, `items-${readings}`, drawReading);
    }
  }
  return drawn;
}
