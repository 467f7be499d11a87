/** What a lab made, and what became of it, as text. */
import { wrapAnsi } from 'fast-wrap-ansi';
import { adviceFor } from '../../runner/advice.ts';
import type { Looked, Outcome } from '../../runner/clean/clean.ts';
import { nameRules } from '../../runner/clean/made.ts';
import type { Output } from '../output.ts';
import { plain } from './style.ts';

type Look = Pick<Output, 'style' | 'width'>;

/** A thing before anything is done to it: what it is, why it is the lab's, what would be lost. */
export function lookedText({ thing, sight, fault }: Looked, look: Look): string {
  const { style } = look;
  const lines = [`${style.bold(title(thing))}${sight && !sight.there ? ' — not there' : ''}`];
  const add = (lead: string, text: string) => lines.push(row(lead, text, look));
  if (fault) add('?', `${fault.sentence} ${adviceFor(fault)}`);
  if (sight && !sight.there && sight.rest) {
    add('', sight.rest.says);
    if (sight.rest.costs) add('', sight.rest.costs);
  }
  if (sight?.there) {
    add('', sight.about);
    add('', `of the lab: ${thing.because}`);
    for (const lost of sight.loses) add('-', `${lost}`);
    for (const stop of sight.stops) add('✘', `stays: ${stop}`);
    for (const doubt of sight.doubts) add('?', `may be somebody else's: ${doubt}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What became of a thing, and what it still costs. */
export function outcomeText(outcome: Outcome, look: Look): string {
  const { style } = look;
  const name = title(outcome.thing);
  const rows: string[] = [];
  const add = (text: string) => rows.push(row('', text, look));
  const { costs } = outcome;
  if (!('why' in outcome)) {
    const said = outcome.says ?? 'was not there';
    if (costs) add(costs);
    return [`${style.paint('pass', '✔')} ${name}: ${plain(said)}`, ...rows, ''].join('\n');
  }
  const sign = outcome.state === 'left' ? style.paint('fail', '✘ left') : style.paint('error', '? not known');
  for (const why of outcome.why) add(why);
  if (outcome.fault) add(`${outcome.fault.sentence} ${adviceFor(outcome.fault)}`);
  if (outcome.done.length > 0) add(`done: ${outcome.done.join('; ')}`);
  if (costs) add(costs);
  return [`${sign}  ${name}`, ...rows, ''].join('\n');
}

function title({ kind, name }: Looked['thing']): string {
  return `${nameRules[kind].word} ${plain(name)}`;
}

function row(lead: string, text: string, { style, width }: Look): string {
  const wrapped = wrapAnsi(style.markdown(plain(text)), Math.max(20, width - 4), { trim: true });
  return wrapped
    .split('\n')
    .map((line, at) => `  ${(at === 0 ? lead : '').padEnd(2)}${line}`)
    .join('\n');
}
