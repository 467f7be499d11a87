/** What the server tells, as long as it is there. */
import type { ServerEvents } from '../server-events.ts';
import { receiveAnswer } from './answers.ts';
import { addCall, showCalls } from './calls.ts';
import { setRunning } from './checks.ts';
import { byId } from './elements.ts';
import { replaceFragment } from './fragments.ts';
import { receiveNames } from './names.ts';
import { hideNotice, showNotice } from './notice.ts';
import { refreshWriteUp } from './write-up.ts';

export interface StreamOptions {
  readonly hasUnsaved: () => boolean;
  /** Called when the server answers again. */
  readonly onBack: () => void;
}

type Handlers = { readonly [Name in keyof ServerEvents]: (data: ServerEvents[Name]) => void };

export function listen({ hasUnsaved, onBack }: StreamOptions): void {
  const source = new EventSource('events');
  let isGone = false;
  const handlers: Handlers = {
    snapshot({ fragments, answers, names, calls, running }) {
      for (const [name, html] of Object.entries(fragments)) replaceFragment(name, html);
      for (const [id, text] of Object.entries(answers)) receiveAnswer(id, text);
      receiveNames(names);
      showCalls(calls);
      setRunning(running);
    },
    fragment: ({ name, html }) => replaceFragment(name, html),
    running: ({ running }) => setRunning(running),
    say: ({ words }) => {
      byId('announcer').textContent = words;
    },
    answer: ({ id, text }) => receiveAnswer(id, text),
    names: ({ names }) => receiveNames(names),
    call: addCall,
    'write-up': refreshWriteUp,
    reload() {
      if (!hasUnsaved()) location.reload();
      else showNotice('The lab’s file has changed. Load the page again once your answers are saved.');
    },
  };
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, ({ data }) => handle(JSON.parse(data as string) as never));
  }
  source.addEventListener('open', () => {
    if (!isGone) return;
    isGone = false;
    hideNotice();
    refreshWriteUp();
    onBack();
  });
  source.addEventListener('error', () => {
    isGone = true;
    setRunning(false);
    const kept = 'What you typed stays in this page; copy what is not saved before you close it.';
    showNotice(
      source.readyState === EventSource.CLOSED
        ? `The server was started anew, under another address. Open the one that it printed. ${kept}`
        : `The server does not answer. Start \`labwright serve\` again if you stopped it. ${kept}`,
    );
  });
}
