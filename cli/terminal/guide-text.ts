/** The guide to a lab as text: the stage that is next, or all of them. */
import { wrapAnsi } from 'fast-wrap-ansi';
import type { Guide, GuideCheck, GuideQuestion, GuideStage } from '../../reports/guide-content.ts';
import { isSafeLink } from '../../reports/markdown/link-policy.ts';
import { shellWord } from '../shell-words.ts';
import { markdownText } from './markdown-text.ts';
import { plain, type Style } from './style.ts';

export interface GuideTextOptions {
  readonly guide: Guide;
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** How the user named the lab on the command line. */
  readonly labName: string;
  /** Every stage, and the questions about the whole lab. */
  readonly all: boolean;
}

export function guideText(options: GuideTextOptions): string {
  const { guide, all } = options;
  const shown = guide.stages.filter((stage) => all || stage.id === guide.stage);
  const parts = [
    head(options),
    ...shown.map((stage) => stageText(stage, options)),
    ...(all && guide.questions.length > 0
      ? [section('Questions about the whole lab', questionLines(guide.questions, options), options)]
      : []),
    ...costs(options),
    nextText(options),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head(options: GuideTextOptions): string {
  const { guide, style } = options;
  const { lab, checkedAt, score } = guide;
  const title = style.bold(plain(lab.title));
  const project = plain(lab.project ?? '');
  const names = guide.names.map(({ name, value }) => `${plain(name)} ${style.inlineCode(plain(value))}`);
  const when = plain(checkedAt ?? '')
    .slice(0, 16)
    .replace('T', ' ');
  const lines = [
    isSafeLink(project) ? style.link(title, project) : title,
    ...(names.length > 0
      ? [`Your names: ${names.join(', ')}. Others: ${style.code('--set name=value')}.`]
      : []),
    style.dim(
      when ? `${score.points}/${score.max} points when last checked, ${when} UTC.` : 'Not checked yet.',
    ),
  ].map((line) => words(line, options));
  if (options.all || guide.stage === undefined) lines.push('', indented(lab.about, options));
  return lines.join('\n');
}

function stageText(stage: GuideStage, options: GuideTextOptions): string {
  const { guide, style } = options;
  const number = guide.stages.indexOf(stage) + 1;
  const verdict = stage.verdict ? `  ${style.verdict(stage.verdict)}` : '';
  return [
    words(
      `${style.bold(`Stage ${number} of ${guide.stages.length}: ${plain(stage.title)}`)}${verdict}`,
      options,
    ),
    indented(stage.guide, options),
    section('What is looked for', checkLines(stage.checks, options), options),
    ...(stage.questions.length > 0
      ? [
          section('Questions for your write-up', questionLines(stage.questions, options), options),
          pointer('To answer them', `labwright answer ${shellWord(options.labName)}`, options),
        ]
      : []),
  ].join('\n\n');
}

function checkLines(checks: readonly GuideCheck[], { style }: GuideTextOptions): string[] {
  return checks.map(({ title, verdict, points, max }) => {
    const worth = verdict === undefined ? `${max} points` : `${points}/${max}`;
    const sign = verdict ? style.verdict(verdict, 14) : '· ';
    return `${sign}${plain(title)} ${style.dim(`(${worth})`)}`;
  });
}

function questionLines(questions: readonly GuideQuestion[], { style }: GuideTextOptions): string[] {
  return questions.map(({ id, prompt, answered }) => {
    const mark = answered ? style.paint('pass', '✔ answered  ') : '· ';
    return `${mark}${plain(prompt)} ${style.dim(`(${plain(id)})`)}`;
  });
}

function section(heading: string, lines: readonly string[], options: GuideTextOptions): string {
  return [`  ${options.style.bold(heading)}`, '', ...lines.map((line) => hanging(line, options))].join('\n');
}

function costs(options: GuideTextOptions): string[] {
  const { guide, style, all } = options;
  const { lab, cleanUp } = guide;
  const named = shellWord(options.labName);
  const isAtCleanUp = cleanUp !== undefined && guide.stage === cleanUp;
  // Told where things begin to cost, and where they end to; in between it would only be in the way.
  const isTold = all || isAtCleanUp || guide.stage === guide.stages[0]?.id;
  const parts: string[] = [];
  if (lab.costs !== undefined && isTold)
    parts.push(`  ${style.bold('What it costs')}\n\n${indented(lab.costs, options)}`);
  if (isAtCleanUp)
    parts.push(pointer('To be shown all, and have it removed', `labwright clean ${named}`, options));
  else if (cleanUp !== undefined && !all) {
    const what = isTold ? 'To clean up at any time' : 'What it costs, and how to clean up at any time';
    parts.push(pointer(what, `labwright guide ${named} ${cleanUp}`, options));
  }
  return parts;
}

/** Where something else is told or done; the command stays in one piece. */
function pointer(what: string, command: string, { style, width }: GuideTextOptions): string {
  const isOneLine = `  ${what}: ${command}`.length <= width;
  return `  ${what}:${isOneLine ? ' ' : '\n  '}${style.code(command)}`;
}

/** The one next thing to do. */
function nextText(options: GuideTextOptions): string {
  const { guide, style, labName } = options;
  const lab = shellWord(labName);
  if (guide.stage === undefined)
    return words(`Everything passed. Write it up with ${style.code(`labwright report ${lab}`)}.`, options);
  const settings = guide.names
    .filter(({ chosen }) => chosen)
    .map(({ name, value }) => ` --set ${shellWord(`${name}=${value}`)}`);
  const command = `labwright check ${lab} ${guide.stage}${settings.join('')}`;
  return `When you have done it:\n\n    ${style.code(plain(command))}`;
}

function indented(markdown: string, { style, width }: GuideTextOptions): string {
  return markdownText(markdown, style, width - 2).replace(/^(?=.)/gm, '  ');
}

function hanging(text: string, { width }: GuideTextOptions): string {
  return `    ${wrapAnsi(text, width - 6, { hard: false }).replaceAll('\n', '\n      ')}`;
}

function words(text: string, { width }: GuideTextOptions): string {
  return wrapAnsi(text, width, { hard: false });
}
