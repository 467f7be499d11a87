/** One part of the lab is shown at a time: the one that the address names. */
import { byId } from './elements.ts';

export function startSections(): void {
  const first = document.querySelector<HTMLElement>('[data-fragment="next"] a')?.getAttribute('href');
  const begun = document.querySelector('.stages .verdict') !== null;
  // Who has begun goes on where the lab is open.
  if (!location.hash && begun && first && sheet(first.slice(1))) history.replaceState(null, '', first);
  show(false);
  window.addEventListener('hashchange', () => show(true));
}

/** @param moves whether somebody went there, so that the focus follows */
function show(moves: boolean): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? sheet('about') : sheet(id);
  if (!target) return;
  for (const one of document.querySelectorAll<HTMLElement>('.sheet')) one.hidden = one !== target;
  for (const link of document.querySelectorAll('.stages a')) {
    if (link.getAttribute('href') === `#${target.id}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${target.dataset.title ?? ''} · ${byId('lab-title').textContent ?? ''}`;
  if (!moves) return;
  target.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

function sheet(id: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('.sheet')].find((one) => one.id === id);
}
