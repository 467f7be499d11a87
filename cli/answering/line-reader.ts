/** Lines from a terminal or any other stream, one at a time; none is lost when several come at once, as in a paste. */
import { createInterface, type Interface } from 'node:readline';

/** `interrupted` is Ctrl-C, `ended` the end of the input. */
type Line = { readonly text: string } | 'interrupted' | 'ended';

export interface LineReader {
  /** @param begun words that are there already and can be changed; only on a terminal */
  readonly next: (prompt: string, begun?: string) => Promise<Line>;
  /** Gives the terminal away while something else uses it. */
  readonly pause: <Value>(during: () => Promise<Value>) => Promise<Value>;
  readonly close: () => void;
}

export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether somebody types. */
  readonly terminal: boolean;
}

export function createLineReader({ input, output, terminal }: Streams): LineReader {
  const waiting: Line[] = [];
  let take: ((line: Line) => void) | undefined;
  let last: Line | undefined;
  /** Undefined while the terminal is given away. */
  let prompt: Interface | undefined;
  prompt = open();

  function open(): Interface {
    // No history: an answer is no command.
    const made = createInterface({ input, output, terminal, historySize: 0 });
    made.on('line', (text) => give({ text }));
    made.on('SIGINT', () => give('interrupted'));
    made.on('close', () => {
      if (made === prompt) give('ended');
    });
    return made;
  }

  function give(line: Line): void {
    if (line === 'ended') last = line;
    if (take) {
      const taken = take;
      take = undefined;
      taken(line);
    } else waiting.push(line);
  }

  return {
    next: (words, begun) => {
      const line = waiting.shift() ?? last;
      if (line !== undefined) return Promise.resolve(line);
      prompt?.setPrompt(words);
      prompt?.prompt();
      if (begun && terminal) prompt?.write(begun);
      return new Promise((resolve) => {
        take = resolve;
      });
    },
    pause: async (during) => {
      const closed = prompt;
      prompt = undefined;
      closed?.close();
      try {
        return await during();
      } finally {
        input.resume();
        prompt = open();
      }
    },
    close: () => prompt?.close(),
  };
}
