/** An explained answer as text. */
import { wrapAnsi } from 'fast-wrap-ansi';
import type { ToldAccess, ToldRequest } from '../../runner/explain/told.ts';
import { plain, type Style } from './style.ts';

type ToldRemedy = ToldRequest['remedies'][number];

const verdicts = { allowed: 'pass', denied: 'fail', undecided: 'error' } as const;
const words = { allowed: '✔ allowed', denied: '✘ denied', undecided: '? cannot be told' } as const;
const indent = '  ';

/** @param width of the terminal, in columns */
export function explanationText(told: ToldAccess, style: Style, width: number): string {
  const unseen = `Not considered: ${told.notConsidered.join('; ')}.`;
  return [
    ...told.requests.map((request) => requestText(request, style, width)),
    style.dim(wrapped(unseen, width, '')),
  ].join('\n\n');
}

function requestText(request: ToldRequest, style: Style, width: number): string {
  const { answer, action, principal, resource, through, decidedBy, dependsOn, because, remedies } = request;
  const add = (text: string) => lines.push(wrapped(text, width, indent));
  // ARNs are there to be copied, and not wrapped.
  const row = (name: string, value: string) =>
    lines.push(`${indent}${style.dim(name.padEnd(12))}${plain(value)}`);
  const lines = [`${style.paint(verdicts[answer], words[answer])}  ${style.bold(plain(action))}`];
  row('who', principal);
  row('on', resource);
  if (through) row('through', `DynamoDB, for the table ${through}`);
  if (decidedBy) row('decided by', decidedBy);
  if (dependsOn) row('depends on', dependsOn.join(', '));
  lines.push('', style.bold('Why'));
  for (const sentence of because) add(plain(sentence));
  if (answer === 'undecided') {
    lines.push('', style.bold('What would tell'));
    for (const key of dependsOn ?? []) {
      add(`Say what the request has there: ${style.code(`--context ${plain(key)}=VALUE`)}`);
    }
  }
  if (remedies.length > 0) {
    const order = remedies.length > 1 ? ', least privilege first' : '';
    const heading = answer === 'allowed' ? 'What would end it' : `What would change it${order}`;
    lines.push('', style.bold(heading));
    for (const [at, remedy] of remedies.entries())
      lines.push(remedyText(`${at + 1}. `, remedy, style, width));
  }
  return lines.join('\n');
}

/** Statements and commands are not wrapped: they are there to be copied. */
function remedyText(lead: string, remedy: ToldRemedy, style: Style, width: number): string {
  const { what, statement, command, also = [] } = remedy;
  const lines = [numbered(lead, plain(what), width)];
  if (statement) lines.push(style.code(block(JSON.stringify(statement, undefined, 2))));
  if (command) lines.push(style.code(block(plain(command))));
  for (const other of also) lines.push(remedyText(' + ', other, style, width));
  return lines.join('\n');
}

function numbered(lead: string, text: string, width: number): string {
  const lines = wrapped(text, width, `${indent}   `);
  return `${indent}${lead}${lines.slice(indent.length + 3)}`;
}

function block(text: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}   ${plainLine(line)}`)
    .join('\n');
}

/** Harmless for a terminal, its own indentation kept. */
function plainLine(line: string): string {
  const spaces = line.length - line.trimStart().length;
  return ' '.repeat(spaces) + plain(line);
}

function wrapped(text: string, width: number, lead: string): string {
  return wrapAnsi(text, Math.max(width - lead.length, 40), { hard: false })
    .split('\n')
    .map((line) => `${lead}${line}`)
    .join('\n');
}
