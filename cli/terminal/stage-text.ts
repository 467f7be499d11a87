/** A stage and its findings as text. */
import { stripVTControlCharacters } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';
import type { CheckResult, StageResult } from '../../runner/result.ts';
import { differenceLines } from './difference-text.ts';
import { passTime } from './pass-time.ts';
import { plain, type Style } from './style.ts';

export interface StageTextOptions {
  readonly style: Style;
  /** Of the terminal, in columns. */
  readonly width: number;
  /** When the run that is told of began, ISO 8601. */
  readonly runAt: string;
}

export function stageText(stage: StageResult, options: StageTextOptions): string {
  const findings = stage.checks.map((finding) => findingText(finding, options));
  return [`${options.style.bold(stage.id)}  ${stage.title}`, ...findings].join('\n');
}

/** A finding: its verdict, one sentence, what differs, and what to do. */
export function findingText(finding: CheckResult, { style, width, runAt }: StageTextOptions): string {
  const points = finding.max > 0 ? ` ${style.dim(`${finding.points}/${finding.max}`)}` : '';
  const passed = passTime(finding, runAt, Date.now());
  const head = `  ${style.verdict(finding.verdict)}  ${finding.title}${points}`;
  const fits = passed && stripVTControlCharacters(head).length + passed.length + 2 <= width;
  const lines = fits ? [`${head}  ${style.dim(passed)}`] : [head];
  const add = (lead: string, text: string) => lines.push(indent(`${lead}${text}`, width));
  add('', plain(finding.message));
  if (passed && !fits) add('', style.dim(passed));
  if (finding.standsFrom) {
    const since = finding.standsFrom.attempt.slice(0, 16).replace('T', ' ');
    add('', style.dim(`Seen at ${since} UTC, and it stays earned. Now: ${plain(finding.standsFrom.now)}`));
  }
  if (finding.verdict === 'fail' && finding.expected !== undefined) {
    for (const line of differenceLines(finding.expected, finding.actual, style)) add('', line);
  }
  for (const sentence of finding.explanation?.because ?? []) add('', style.dim(plain(sentence)));
  if (finding.verdict === 'fail' || finding.verdict === 'error') {
    if (finding.hint) add('→ ', style.markdown(plain(finding.hint)));
    const [least] = finding.explanation?.remedies ?? [];
    if (least) add('→ ', `The least that would do: ${plain(least.what)}`);
  }
  return lines.join('\n');
}

function indent(text: string, width: number): string {
  const wrapped = wrapAnsi(text, Math.max(width - 6, 40), { hard: false });
  return wrapped
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}
