/** The page of a lab's guide. */
import { createHash } from 'node:crypto';
import type { Guide } from './guide-content.ts';
import { loadTemplate } from './handlebars.ts';
import { cleanJson } from './plain-text.ts';
import { templateSource } from './templates.ts';
import { type GuideView, guideView } from './view/guide.ts';

/**
 * Renders the guide to the whole lab as one file that asks no other host for anything and runs no script.
 *
 * @throws Error when a template is damaged
 */
export async function renderGuide(guide: Guide): Promise<string> {
  const [html, ...sheets] = await Promise.all([
    loadTemplate<GuideView & { css: string; cssHash: string }>('guide', 'html'),
    templateSource('write-up.css'),
    templateSource('guide.css'),
  ]);
  const css = sheets.join('\n');
  const cssHash = createHash('sha256').update(css).digest('base64');
  return html({ ...guideView(cleanJson(guide)), css, cssHash });
}
