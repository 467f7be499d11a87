/** A stage and its findings as text. */
import { wrapAnsi } from 'fast-wrap-ansi';
import type { CheckResult, StageResult } from '../../runner/result.ts';
import { plain, type Style } from './style.ts';

/** @param width of the terminal, in columns */
export function stageText(stage: StageResult, style: Style, width: number): string {
  const findings = stage.checks.map((finding) => findingText(finding, style, width));
  return [`${style.bold(stage.id)}  ${stage.title}`, ...findings].join('\n');
}

function findingText(finding: CheckResult, style: Style, width: number): string {
  const points = finding.max > 0 ? ` ${style.dim(`${finding.points}/${finding.max}`)}` : '';
  const lines = [`  ${style.verdict(finding.verdict)}  ${finding.title}${points}`];
  const add = (lead: string, text: string) => lines.push(indent(`${lead}${text}`, width));
  add('', plain(finding.message));
  if (finding.standsFrom) {
    const since = finding.standsFrom.attempt.slice(0, 16).replace('T', ' ');
    add('', style.dim(`Seen at ${since} UTC, and it stays earned. Now: ${plain(finding.standsFrom.now)}`));
  }
  if (finding.verdict === 'fail' && finding.expected !== undefined) {
    add(style.dim('expected  '), plain(show(finding.expected)));
    add(style.dim('actual    '), plain(show(finding.actual)));
  }
  for (const sentence of finding.explanation?.because ?? []) add('', style.dim(plain(sentence)));
  if (finding.verdict === 'fail' || finding.verdict === 'error') {
    if (finding.hint) add('→ ', style.markdown(plain(finding.hint)));
    const [least] = finding.explanation?.remedies ?? [];
    if (least) add('→ ', `The least that would do: ${plain(least.what)}`);
  }
  return lines.join('\n');
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function indent(text: string, width: number): string {
  const wrapped = wrapAnsi(text, Math.max(width - 6, 40), { hard: false });
  return wrapped
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}
