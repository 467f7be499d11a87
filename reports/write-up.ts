/** The learner's write-up: what they did and wrote, and what was checked, as a document to hand in or publish. */
import { createHash } from 'node:crypto';
import type { Result } from '../runner/result.ts';
import { type DrawnFigures, drawnFigures } from './drawn-figures.ts';
import { figureFiles } from './figure-files.ts';
import { loadTemplate } from './handlebars.ts';
import { createHider, hideIn } from './hide.ts';
import { pageFigures } from './page-figures.ts';
import { embeddedPictures, type Pictures, pictureFiles } from './picture.ts';
import { cleanJson, cleanText } from './plain-text.ts';
import { TemplateError, type TemplateSources, templateSource } from './templates.ts';
import { type WriteUpView, writeUpView } from './view/write-up.ts';

export interface WriteUpOptions {
  /** The learner's pictures, by the path under which answers, sections and screenshots name them. @see picturesOf */
  readonly pictures?: Pictures | undefined;
  /** Hides account ids, key ids, e-mail addresses and the like; the same thing gets the same stand-in everywhere. */
  readonly isPublic?: boolean | undefined;
  /** Templates in place of Labwright's own. */
  readonly templates?: TemplateSources | undefined;
}

export interface WriteUp {
  /** For GitHub and other Markdown readers; it shows the files. */
  readonly markdown: string;
  /** One file that asks no other host for anything and runs no script. */
  readonly html: string;
  /** Figures and pictures beside the Markdown, with paths relative to it. */
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  /** The result that is shown: the given one, or the one with stand-ins. */
  readonly result: Result;
}

/** The folder beside the Markdown that holds figures and pictures. */
export const filesFolder = 'report-files';

/**
 * Renders a result as Markdown and as a single-file HTML page. Everything the learner or AWS wrote is taken as
 * text: it cannot add markup, links to other schemes than http, https and mailto, or requests to the page.
 *
 * @throws TemplateError when a template is damaged, or asks for what is not there
 */
export async function renderWriteUp(result: Result, options: WriteUpOptions = {}): Promise<WriteUp> {
  const shown = shownOf(result, options);
  const figures = figureFiles(shown.figures, filesFolder);
  const pictures = pictureFiles(shown.pictures, filesFolder);
  const [markdown, html] = await Promise.all([
    loadTemplate<WriteUpView>('write-up', 'md', {
      picture: pictures.address,
      figure: figures.figure,
      own: options.templates,
    }),
    page(shown, options),
  ]);
  return {
    markdown: shown.finish(markdown(shown.view)),
    html,
    files: [
      ...figures.files.map(({ path, content }) => ({ path, content: shown.finish(content) })),
      ...pictures.files,
    ],
    result: shown.result,
  };
}

/**
 * Renders the HTML page alone. It may stand in a frame: it runs no script and asks for nothing.
 *
 * @throws TemplateError as renderWriteUp does
 */
export function renderWriteUpPage(result: Result, options: WriteUpOptions = {}): Promise<string> {
  return page(shownOf(result, options), options);
}

interface Shown {
  readonly result: Result;
  readonly view: WriteUpView;
  readonly figures: DrawnFigures;
  readonly pictures: Pictures;
  /** The last thing that is done to a document. */
  readonly finish: (document: string) => string;
}

function shownOf(given: Result, { pictures = new Map(), isPublic = false }: WriteUpOptions): Shown {
  const clean = cleanJson(given);
  const hider = isPublic ? createHider(clean) : undefined;
  const result = hider ? hideIn(clean, hider) : clean;
  const named = new Map(
    [...pictures].map(([path, picture]) => [hider?.text(cleanText(path)) ?? cleanText(path), picture]),
  );
  const view = writeUpView(result, { hasPicture: (path) => named.has(path), isPublic });
  // What was written as an entity, or with marks in between, has come to light only now.
  const finish = (document: string) => hider?.known(document) ?? document;
  return { result, view, figures: drawnFigures(view), pictures: named, finish };
}

async function page(
  { view, figures, pictures, finish }: Shown,
  { templates }: WriteUpOptions,
): Promise<string> {
  const [template, css] = await Promise.all([
    loadTemplate<WriteUpView & { css: string; cssHash: string }>('write-up', 'html', {
      picture: embeddedPictures(pictures),
      figure: pageFigures(figures),
      own: templates,
    }),
    templateSource('write-up.css', templates),
  ]);
  if (/<\/style/i.test(css)) {
    throw new TemplateError(
      'write-up.css',
      undefined,
      'It holds "</style", which would end the style sheet.',
    );
  }
  const cssHash = createHash('sha256').update(css).digest('base64');
  return finish(template({ ...view, css, cssHash }));
}
