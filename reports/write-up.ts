/** The learner's write-up: what they did and wrote, and what was checked, as a document to hand in or publish. */
import { createHash } from 'node:crypto';
import type { Result } from '../runner/result.ts';
import { loadTemplate, readTemplateFile } from './handlebars.ts';
import { cleanJson } from './plain-text.ts';
import { type WriteUpView, writeUpView } from './view/write-up.ts';

export interface WriteUp {
  /** For GitHub and other Markdown readers. */
  readonly markdown: string;
  /** One file that asks no other host for anything and runs no script. */
  readonly html: string;
}

/**
 * Renders a result as Markdown and as a single-file HTML page. Everything the learner or AWS wrote is taken as
 * text: it cannot add markup, links to other schemes than http, https and mailto, or requests to the page.
 *
 * @throws Error when a template is damaged
 */
export async function renderWriteUp(result: Result): Promise<WriteUp> {
  const [markdown, html, css] = await Promise.all([
    loadTemplate<WriteUpView>('write-up', 'md'),
    loadTemplate<WriteUpView & { css: string; cssHash: string }>('write-up', 'html'),
    readTemplateFile('write-up.css'),
  ]);
  const view = writeUpView(cleanJson(result));
  const cssHash = createHash('sha256').update(css).digest('base64');
  return { markdown: markdown(view), html: html({ ...view, css, cssHash }) };
}
