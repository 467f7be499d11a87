/** The gradebook as a page: how the class did, what went wrong, and every learner. */
import { createHash } from 'node:crypto';
import type { ClassResult } from '../../runner/class-result.ts';
import { loadTemplate } from '../handlebars.ts';
import { cleanJson } from '../plain-text.ts';
import { templateSource } from '../templates.ts';
import { type GradebookView, gradebookView } from './view/gradebook.ts';

interface Page extends GradebookView {
  readonly css: string;
  readonly cssHash: string;
  readonly script: string;
  readonly scriptHash: string;
}

/**
 * Renders a class as one file that asks no other host for anything. Its one script, allowed by its hash, sorts and filters the
 * table; without it the page is whole as well.
 *
 * @throws Error when a template is damaged
 */
export async function renderGradebook(result: ClassResult): Promise<string> {
  const [html, base, own, script] = await Promise.all([
    loadTemplate<Page>('gradebook', 'html'),
    templateSource('write-up.css'),
    templateSource('gradebook.css'),
    templateSource('gradebook.js'),
  ]);
  const css = `${base}\n${own}\n${columnRules(result.lab)}\n`;
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');
  return html({
    ...gradebookView(cleanJson(result)),
    css,
    cssHash: hash(css),
    script,
    scriptHash: hash(script),
  });
}

/** How wide the table and its columns are on a screen. No style attribute is allowed on the page. */
function columnRules({ stages }: ClassResult['lab']): string {
  const checks = stages.reduce((sum, stage) => sum + stage.checks.length, 0);
  const verdicts = checks > 0 ? ` repeat(${checks}, minmax(0, 1fr))` : '';
  const spans = stages.map(
    (stage, at) =>
      `.grid thead th[colspan]:nth-child(${at + 5}) { grid-column: span ${Math.max(1, stage.checks.length)}; }`,
  );
  return [
    '@media screen {',
    `.grid table { min-width: ${34 + 2.4 * checks}rem; }`,
    `.grid tr { grid-template-columns: 15rem 6rem 9rem 4rem${verdicts}; }`,
    ...spans,
    '}',
  ].join('\n');
}
