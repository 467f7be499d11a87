/** Parts of the page that the server sends anew. Their HTML is the server's own: what people wrote is escaped in it. */

const shown = new Map<string, string>();
const listeners: ((element: HTMLElement) => void)[] = [];

/** @param listener told of each element whose content was replaced */
export function onReplaced(listener: (element: HTMLElement) => void): void {
  listeners.push(listener);
}

/** Replaces what a fragment shows, if that is something else; the focus stays where it was. */
export function replaceFragment(name: string, html: string): void {
  if (shown.get(name) === html) return;
  shown.set(name, html);
  const element = document.querySelector<HTMLElement>(`[data-fragment="${CSS.escape(name)}"]`);
  if (!element) return;
  const { activeElement } = document;
  const focused = activeElement && element.contains(activeElement) ? activeElement.id : '';
  const current = element.querySelector('[aria-current]')?.id;
  element.innerHTML = html;
  if (current) document.getElementById(current)?.setAttribute('aria-current', 'page');
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  for (const listener of listeners) listener(element);
}
