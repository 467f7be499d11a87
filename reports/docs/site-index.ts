/** The first page of a site of labs. */
import { loadTemplate } from '../handlebars.ts';
import { cleanJson, count } from '../plain-text.ts';

export interface SiteIndex {
  readonly labs: readonly {
    readonly id: string;
    readonly title: string;
    /** Markdown. */
    readonly about: string;
    readonly stages: readonly string[];
    readonly points: number;
  }[];
}

export interface SiteIndexOptions {
  /** The page of a lab, by its id. */
  readonly labPage: (id: string) => string;
  /** Its instructor's guide, where the site has answers. */
  readonly instructorPage?: ((id: string) => string) | undefined;
  readonly checks: string;
}

/** Renders the page as Markdown. @throws TemplateError when a template is damaged */
export async function renderSiteIndex(
  index: SiteIndex,
  { labPage, instructorPage, checks }: SiteIndexOptions,
): Promise<string> {
  const template = await loadTemplate<object>('site-index', 'md');
  return template({
    checks,
    labs: cleanJson(index).labs.map((lab) => ({
      ...lab,
      page: labPage(lab.id),
      instructor: instructorPage?.(lab.id),
      points: count(lab.points, 'point'),
    })),
  });
}
