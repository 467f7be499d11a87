import type { ClassResult } from '../../../runner/class-result.ts';
import { escapeText } from '../../markdown/escape.ts';
import { cleanJson, clip, count } from '../../plain-text.ts';
import { pointsText, verdictView } from '../../view/verdict.ts';
import { checksWithStages } from '../checks-with-stages.ts';

/** GitHub Docs, "Workflow commands": a step's summary is at most 1 MiB, and one that is larger is not shown at all. */
const mostBytes = 1024 * 1024;
/** For what follows the table. */
const reserve = 4096;

/** Markdown for `$GITHUB_STEP_SUMMARY`: for one learner each check, for a class each learner. */
export function stepSummary(input: ClassResult): string {
  const result = cleanJson(input);
  const { lab, learners } = result;
  const [only] = learners;
  const lines = [`## ${escapeText(lab.title)}`, ''];
  const table =
    only !== undefined && learners.length === 1
      ? checksWithStages(lab, only).map(({ check, finding }) => {
          const { mark, word } = verdictView(finding.verdict);
          const points = finding.points === null ? '–' : pointsText(finding.points);
          return `| ${mark} ${word} | ${cell(check.title)} | ${points} of ${pointsText(check.max)} | ${finding.verdict === 'pass' ? '' : cell(finding.message)} |`;
        })
      : learners.map(({ id, points, unjudged, why, error }) => {
          const scored = points === null ? 'not judged' : `${pointsText(points)} of ${pointsText(lab.max)}`;
          const told = [...(error ? [error.message] : []), ...why];
          if (told.length === 0 && unjudged > 0)
            told.push(`${pointsText(unjudged)} points could not be judged.`);
          return `| ${cell(id)} | ${scored} | ${cell(told.join(' '))} |`;
        });
  if (only !== undefined && learners.length === 1) {
    const scored =
      only.points === null
        ? 'Not judged.'
        : `**${pointsText(only.points)} of ${pointsText(lab.max)} points.**`;
    lines.push(
      [scored, ...only.why.map(escapeText), ...(only.error ? [escapeText(only.error.message)] : [])].join(
        ' ',
      ),
      '',
    );
    if (table.length > 0) lines.push('| verdict | check | points | what was seen |', '|---|---|---|---|');
  } else {
    const judged = learners.flatMap(({ points }) => points ?? []);
    const mean = judged.reduce((sum, points) => sum + points, 0) / (judged.length || 1);
    const without = learners.length - judged.length;
    lines.push(
      `${count(learners.length, 'learner')}, ${pointsText(mean)} of ${pointsText(lab.max)} points on average${without > 0 ? `, ${without} not judged` : ''}.`,
      '',
      '| learner | points | notes |',
      '|---|---|---|',
    );
  }
  let bytes = Buffer.byteLength(lines.join('\n'));
  for (const [index, row] of table.entries()) {
    bytes += Buffer.byteLength(row) + 1;
    if (bytes > mostBytes - reserve) {
      lines.push('', `${count(table.length - index, 'more line')} would not fit into a summary.`);
      break;
    }
    lines.push(row);
  }
  return `${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return escapeText(clip(text, 300)).replaceAll('@', '@\u200b');
}
