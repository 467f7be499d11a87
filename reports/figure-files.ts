/** The figures as SVG files beside the Markdown, each for light and for dark pages, and how the Markdown shows them. */
import { darkPalette, lightPalette } from './drawing/palette.ts';
import { escapeXml, svgElement } from './drawing/svg.ts';
import type { DrawnFigures } from './drawn-figures.ts';

/** A file that is written beside the Markdown. */
export interface FigureFile {
  readonly path: string;
  readonly content: string;
}

/** About as wide as GitHub shows a document. */
const width = 760;

/** Draws every figure. @returns the files, and the line of Markdown that shows a figure */
export function figureFiles(
  figures: DrawnFigures,
  folder: string,
): { files: readonly FigureFile[]; figure: (view: object) => string } {
  const files: FigureFile[] = [];
  const images = new Map<object, string>();
  for (const [view, { name, draw }] of figures) {
    const [light, dark] = [lightPalette, darkPalette].map((palette) => draw(width, palette));
    if (!light || !dark) continue;
    const path = `${folder}/figure-${name}`;
    files.push({ path: `${path}.svg`, content: `${svgElement(light, name)}\n` });
    files.push({ path: `${path}-dark.svg`, content: `${svgElement(dark, name)}\n` });
    const alt = escapeXml(shortened(`${light.title}. ${light.description}`));
    // GitHub shows no SVG inside Markdown, and takes the theme that the reader chose there for `picture`.
    // GitHub Docs, "Basic writing and formatting syntax", images for light and dark themes.
    images.set(
      view,
      `<picture><source media="(prefers-color-scheme: dark)" srcset="${path}-dark.svg"><img src="${path}.svg" width="${width}" alt="${alt}"></picture>`,
    );
  }
  return { files, figure: (view) => images.get(view) ?? '' };
}

/** Alternative text is heard at one go; everything is told as text as well. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 500 ? line : `${line.slice(0, 500).replace(/\p{Cs}$/u, '')}…`;
}
