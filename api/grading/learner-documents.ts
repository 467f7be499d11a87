import { renderWriteUp } from '../../reports/write-up.ts';
import type { Result } from '../../runner/result.ts';

/** What a learner's folder holds for people and other programs, by path: the result and the write-up with its figures. */
export async function learnerDocuments(result: Result): Promise<Record<string, string>> {
  const { markdown, html, files } = await renderWriteUp(result);
  // Nobody's pictures are at hand, so that all files beside it are drawn, and text.
  const figures = files.flatMap(({ path, content }) =>
    typeof content === 'string' ? [[path, content] as const] : [],
  );
  return {
    'result.json': `${JSON.stringify(result, null, 2)}\n`,
    'report.md': markdown,
    [learnerPage]: html,
    ...Object.fromEntries(figures),
  };
}

/** The page that the gradebook links to. */
export const learnerPage = 'report.html';
