/** The documents that somebody is given, as Markdown. */
import type { Check } from '../../checks/check.ts';
import { renderCheckReference } from '../../reports/docs/check-reference.ts';
import { renderHandout } from '../../reports/docs/handout.ts';
import { renderInstructorGuide } from '../../reports/docs/instructor-guide.ts';
import { renderSiteIndex } from '../../reports/docs/site-index.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { loadProof } from '../../runner/proof/load-proof.ts';
import type { FoundLab } from '../labs/find-lab.ts';
import { checkReferenceOf } from './check-reference-of.ts';
import { type Audience, type Document, handoutCommand } from './document.ts';
import { handoutOf } from './handout-of.ts';
import { instructorGuideOf } from './instructor-guide-of.ts';

export interface DocumentsOptions {
  readonly labs: readonly FoundLab[];
  readonly registry: ReadonlyMap<string, Check>;
  /** On a site: the instructor's guides as well. */
  readonly withAnswers: boolean;
}

/**
 * Only the instructor's guide and a site with answers read proofs.
 *
 * @throws LabProblems when a proof that is needed is wrong; the reading error when there is none
 */
export function documentsFor(audience: Audience, options: DocumentsOptions): Promise<Document[]> {
  switch (audience) {
    case 'learner':
      return Promise.all(options.labs.map(({ lab }) => handout(lab)));
    case 'instructor':
      return Promise.all(options.labs.map((found) => instructorGuide(found)));
    case 'site':
      return site(options);
    case 'checks':
      return checks(options);
  }
}

async function handout(lab: Lab): Promise<Document> {
  return {
    name: lab.id,
    markdown: await renderHandout(handoutOf(lab)),
    command: handoutCommand(lab.id),
  };
}

async function instructorGuide({ lab, proofFile }: FoundLab, page?: string): Promise<Document> {
  const guide = instructorGuideOf(lab, await loadProof(proofFile, lab));
  return {
    name: `${lab.id}-instructor`,
    markdown: await renderInstructorGuide(guide, page === undefined ? {} : { handout: page }),
    command: `labwright docs ${lab.id} --for instructor`,
  };
}

async function checks({ registry, labs }: DocumentsOptions): Promise<Document[]> {
  const reference = checkReferenceOf(
    registry,
    labs.map(({ lab }) => lab),
  );
  return [
    {
      name: 'checks',
      markdown: await renderCheckReference(reference),
      command: 'labwright docs --for checks',
    },
  ];
}

async function site({ labs, registry, withAnswers }: DocumentsOptions): Promise<Document[]> {
  const command = `labwright docs --for site${withAnswers ? ' --with-answers' : ''}`;
  const all = labs.map(({ lab }) => lab);
  const index = await renderSiteIndex(
    {
      labs: all.map(handoutOf).map(({ lab, stages, score }) => ({
        id: lab.id,
        title: lab.title,
        about: lab.about,
        stages: stages.map(({ title }) => title),
        points: score.max,
      })),
    },
    {
      labPage: (id) => `labs/${id}.md`,
      instructorPage: withAnswers ? (id) => `labs/${id}-instructor.md` : undefined,
      checks: 'checks.md',
    },
  );
  const reference = await renderCheckReference(checkReferenceOf(registry, all), {
    labPage: (id) => `labs/${id}.md`,
  });
  const pages = labs.map(async (found) => {
    const { id } = found.lab;
    const markdown = await renderHandout(handoutOf(found.lab), {
      index: '../index.md',
      checks: '../checks.md',
      ...(withAnswers && { instructor: `${id}-instructor.md` }),
    });
    const page = { name: `labs/${id}`, markdown, command };
    if (!withAnswers) return [page];
    const guide = await instructorGuide(found, `${id}.md`);
    return [page, { ...guide, name: `labs/${guide.name}`, command }];
  });
  return [
    { name: 'index', markdown: index, command },
    { name: 'checks', markdown: reference, command },
    ...(await Promise.all(pages)).flat(),
  ];
}
