/** Single keys of the terminal, without waiting for Enter. */

export type Key = 'again' | 'quit';

const keys: Readonly<Record<string, Key>> = {
  '\r': 'again',
  '\n': 'again',
  r: 'again',
  R: 'again',
  q: 'quit',
  Q: 'quit',
};

export class KeyPresses {
  readonly #stream: NodeJS.ReadStream;
  readonly #onData: (data: Buffer) => void;
  readonly #restore = () => this.#setRaw(false);
  #on = false;

  /** @param stream a terminal */
  constructor(stream: NodeJS.ReadStream, onKey: (key: Key) => void) {
    this.#stream = stream;
    this.#onData = (data) => {
      for (const character of data.toString('latin1')) {
        // In raw mode Ctrl-C and Ctrl-\ are characters like others; they mean what they always mean.
        if (character === '\u0003') process.kill(process.pid, 'SIGINT');
        if (character === '\u001c') process.kill(process.pid, 'SIGQUIT');
        const key = keys[character];
        if (key) onKey(key);
      }
    };
  }

  begin(): void {
    if (this.#on) return;
    this.#on = true;
    this.#setRaw(true);
    this.#stream.on('data', this.#onData);
    this.#stream.resume();
    // However the process ends, the terminal is as it was.
    process.once('exit', this.#restore);
  }

  end(): void {
    if (!this.#on) return;
    this.#on = false;
    process.off('exit', this.#restore);
    this.#stream.off('data', this.#onData);
    this.#setRaw(false);
    this.#stream.pause();
  }

  /** Leaves the keys to something else that asks for them. */
  async during<Value>(something: () => Promise<Value>): Promise<Value> {
    this.end();
    try {
      return await something();
    } finally {
      this.begin();
    }
  }

  #setRaw(raw: boolean): void {
    try {
      this.#stream.setRawMode(raw);
    } catch {
      // The terminal is gone (EIO), and with it the mode.
    }
  }
}
