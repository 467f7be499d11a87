/** The log of the sandbox's calls. */
import type { CallEvent } from '../server-events.ts';
import { textElement } from './elements.ts';

const mostShown = 300;

export function startCalls(): void {
  showCalls([]);
}

/** Shows these calls and no others. */
export function showCalls(calls: readonly CallEvent[]): void {
  const list = document.getElementById('calls');
  list?.replaceChildren(...calls.map(line));
  list?.scrollTo({ top: list.scrollHeight });
}

export function addCall(call: CallEvent): void {
  const list = document.getElementById('calls');
  if (!list) return;
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(line(call));
  while (list.children.length > mostShown) list.firstElementChild?.remove();
  if (wasAtEnd) list.scrollTo({ top: list.scrollHeight });
}

function line({ time, who, call, outcome, succeeded }: CallEvent): HTMLElement {
  const item = document.createElement('li');
  item.className = succeeded ? 'call' : 'call call-refused';
  item.append(
    textElement('span', time, 'call-time'),
    ' ',
    textElement('code', call),
    ' ',
    textElement('span', who, 'call-who'),
    ' ',
    textElement('span', outcome, 'call-outcome'),
  );
  return item;
}
