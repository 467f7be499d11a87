/** Beginning a check, stopping it, and answering what it asks. */
import { byId } from './elements.ts';
import { hideNotice, showNotice } from './notice.ts';
import { inWords, post } from './post.ts';

let running = false;

export function startChecks(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('button') : null;
    if (!target) return;
    const stage = target.dataset.check;
    if (stage !== undefined && !running) ask('check', { stages: stage === '' ? [] : [stage] });
    else if (target.id === 'stop') ask('stop', {});
    else if (target.id === 'agree' || target.id === 'refuse') ask('agree', { agree: target.id === 'agree' });
  });
}

/** Shows whether a check is under way. Buttons stay where they are, so that the keyboard does not lose its place. */
export function setRunning(now: boolean): void {
  running = now;
  for (const one of document.querySelectorAll('[data-check]')) one.setAttribute('aria-disabled', String(now));
  const stop = byId<HTMLButtonElement>('stop');
  if (!now && document.activeElement === stop) byId('check-all').focus({ preventScroll: true });
  stop.hidden = !now;
}

function ask(path: string, body: object): void {
  hideNotice();
  post(path, body).catch((error: unknown) => showNotice(inWords(error)));
}
