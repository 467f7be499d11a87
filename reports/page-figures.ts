/** Figures as SVG inside the page, in the page's own colours: a wide one, and a narrow one for phones. */
import { pagePalette } from './drawing/palette.ts';
import { svgElement } from './drawing/svg.ts';
import type { DrawnFigures } from './drawn-figures.ts';

const widths = { wide: 720, narrow: 350 };

/** @returns the HTML of a figure; the style sheet shows one of its two drawings */
export function pageFigures(figures: DrawnFigures): (view: object) => string {
  return (view) => {
    const figure = figures.get(view);
    if (!figure) return '';
    const drawings = (['wide', 'narrow'] as const).map((size) =>
      svgElement(figure.draw(widths[size], pagePalette), `figure-${figure.name}-${size}`, size),
    );
    return `<div class="drawing">${drawings.join('')}</div>`;
  };
}
