/** The files of documents. */
import { join } from 'node:path';
import { generatedFile } from '../../reports/docs/generated.ts';
import { renderPage } from '../../reports/docs/page.ts';
import type { Audience, Document, DocumentFormat } from './document.ts';

export interface DocumentFile {
  /** In the folder. */
  readonly path: string;
  readonly text: string;
}

/**
 * The Markdown and the pages of a site have folders of their own where both are wanted: a site builder takes `index.md` and
 * `index.html` for the same page.
 */
export async function filesOf(
  documents: readonly Document[],
  format: DocumentFormat,
  audience: Audience,
): Promise<DocumentFile[]> {
  const isApart = audience === 'site' && format === 'both';
  const files: DocumentFile[] = [];
  for (const { name, markdown, command } of documents) {
    if (format !== 'html')
      files.push({
        path: join(isApart ? 'markdown' : '', `${name}.md`),
        text: generatedFile(markdown, command),
      });
    if (format !== 'md')
      files.push({ path: join(isApart ? 'html' : '', `${name}.html`), text: await renderPage(markdown) });
  }
  return files;
}
