/** The write-up in its frame. No script runs there; this one keeps its place in it and opens its links outside. */
import { byId } from './elements.ts';

/** Milliseconds in which changes are shown together. */
const pauseMs = 400;

let timer: ReturnType<typeof setTimeout> | undefined;
let place = 0;

export function startWriteUp(): void {
  const frame = byId<HTMLIFrameElement>('write-up');
  frame.addEventListener('load', () => {
    const { contentDocument, contentWindow } = frame;
    contentWindow?.scrollTo(0, place);
    contentDocument?.addEventListener('click', (event) => {
      const link = (event.target as Element | null)?.closest('a');
      const address = link?.getAttribute('href') ?? '';
      if (address === '' || address.startsWith('#')) return;
      event.preventDefault();
      window.open(address, '_blank', 'noopener,noreferrer');
    });
  });
  load(frame);
}

/** Shows the write-up as it is by now. */
export function refreshWriteUp(): void {
  clearTimeout(timer);
  timer = setTimeout(() => load(byId<HTMLIFrameElement>('write-up')), pauseMs);
}

function load(frame: HTMLIFrameElement): void {
  place = frame.contentWindow?.scrollY ?? 0;
  // In place of what was there, so that the way back does not lead through every state.
  frame.contentWindow?.location.replace(new URL('write-up.html', location.href));
}
