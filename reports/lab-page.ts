/**
 * The page of `labwright serve`: a lab to work in. It is rendered whole once, and then in fragments as things change;
 * each fragment replaces the content of the element that names it in `data-fragment`.
 */
import { loadTemplate } from './handlebars.ts';
import type { LabPage } from './lab-page-content.ts';
import { cleanJson } from './plain-text.ts';
import { templateSource } from './templates.ts';
import { type Fragment, fragmentsOf, type LabPageView, labPageView } from './view/lab-page.ts';

export interface LabPageRenderer {
  /** The whole page. It loads `style.css` and `page.js` from beside it, and nothing else. */
  readonly page: (page: LabPage) => string;
  /** What may have changed, HTML by the fragment's name. */
  readonly fragments: (page: LabPage) => Map<string, string>;
  /** The style sheet. */
  readonly style: string;
}

/** @throws Error when a template is damaged */
export async function labPageRenderer(): Promise<LabPageRenderer> {
  const [whole, fragment, ...sheets] = await Promise.all([
    loadTemplate<LabPageView & { readonly fragments: Readonly<Record<string, string>> }>('lab-page', 'html'),
    loadTemplate<Fragment>('lab-fragment', 'html'),
    templateSource('write-up.css'),
    templateSource('lab-page.css'),
  ]);
  const rendered = (view: LabPageView) =>
    new Map(fragmentsOf(view).map((one) => [one.name, fragment(one).trim()] as const));
  return {
    page(page) {
      const view = labPageView(cleanJson(page));
      return whole({ ...view, fragments: Object.fromEntries(rendered(view)) });
    },
    fragments: (page) => rendered(labPageView(cleanJson(page))),
    style: sheets.join('\n'),
  };
}
