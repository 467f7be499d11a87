/** What a learner is given of a lab, on paper or on a site: everything but answers. */
import type { Guide, GuideCheck, GuideQuestion, GuideStage } from '../guide-content.ts';
import { loadTemplate } from '../handlebars.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { cleanJson, count } from '../plain-text.ts';
import { anchorOf } from './check-reference.ts';
import { slugOf } from './slug.ts';

/** Where the other pages of a site are, as seen from this one. */
export interface SiteLinks {
  readonly index: string;
  readonly checks: string;
  /** The instructor's guide, where the site has answers. */
  readonly instructor?: string;
}

/** Renders a lab as Markdown, whatever was checked of it. @throws TemplateError when a template is damaged */
export async function renderHandout(guide: Guide, site?: SiteLinks): Promise<string> {
  const template = await loadTemplate<object>('handout', 'md');
  return template(handoutView(cleanJson(guide), site));
}

function handoutView({ lab, names, questions, score, cleanUp, stages }: Guide, site?: SiteLinks): object {
  const views = stages.map((stage, index) => stageView(stage, index + 1, site));
  return {
    id: lab.id,
    title: lab.title,
    about: lab.about,
    project: lab.project !== undefined && isSafeLink(lab.project) ? lab.project : undefined,
    costs: lab.costs,
    names: names.map(({ name, value, about = '' }) => ({ name, value, about })),
    cleanUp: views[stages.findIndex(({ id }) => id === cleanUp)],
    max: score.max,
    stages: views,
    questions: questions.map(questionView),
    site: site && { ...site, instructor: site.instructor },
  };
}

function stageView(
  { id, title, guide, max, checks, questions }: GuideStage,
  number: number,
  site?: SiteLinks,
) {
  return {
    id,
    number,
    title,
    anchor: slugOf(`${number}. ${title}`),
    guide,
    max,
    checks: checks.map((check) => checkView(check, site)),
    questions: questions.map(questionView),
  };
}

function checkView({ check, title, max }: GuideCheck, site?: SiteLinks): object {
  return { check, title, worth: count(max, 'point'), page: site && `${site.checks}#${anchorOf(check)}` };
}

function questionView({ id, prompt }: GuideQuestion): object {
  return { id, prompt };
}
