/** Lines of a terminal that are drawn again in their place. */
import { wrapAnsi } from 'fast-wrap-ansi';
import { createLogUpdate } from 'log-update';
import { fitLine } from './fit-line.ts';

const eraseLine = '\u001b[2K';
const cursorUp = '\u001b[1A';

export class RedrawnLines {
  readonly #stream: NodeJS.WriteStream;
  readonly #log: ReturnType<typeof createLogUpdate>;
  /** What is on the terminal, and how wide that was then. */
  #drawn: { readonly lines: readonly string[]; readonly columns: number } | undefined;

  /** @param stream a terminal */
  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#log = createLogUpdate(sized(stream));
  }

  /** Cut to the terminal's width, so that a line is a row. What does not fit its height is left out at the top. */
  draw(texts: readonly string[]): void {
    // The last column stays free: some terminals go to the next line as soon as it is written to.
    const columns = Math.max(1, columnsOf(this.#stream) - 1);
    const rows = Math.max(1, rowsOf(this.#stream) - 1);
    const lines = texts.map((text) => fitLine(text, columns)).slice(-rows);
    if (this.#drawn?.columns === columns && this.#drawn.lines.join('\n') === lines.join('\n')) return;
    this.#stream.cork();
    this.#erase();
    // Drawn whole: where lines are added below the same ones, log-update 7.2 loses the first of them.
    this.#log(lines.join('\n'));
    this.#stream.uncork();
    this.#drawn = { lines, columns };
  }

  /** Takes the lines away. */
  clear(): void {
    this.#erase();
    this.#log.done();
    this.#drawn = undefined;
  }

  #erase(): void {
    const { lines, columns: before } = this.#drawn ?? { lines: [], columns: 0 };
    const columns = columnsOf(this.#stream);
    if (columns <= before) {
      // A terminal that became narrower has broken the longer lines into several rows.
      const broken = lines.flatMap((line) => wrapAnsi(line, columns, whole).split('\n'));
      this.#stream.write(`${eraseLine}${cursorUp}`.repeat(broken.length - lines.length));
    }
    this.#log.clear();
  }
}

const whole = { hard: true, wordWrap: false, trim: false };

/** A terminal that does not know its size says zero. */
function columnsOf({ columns }: NodeJS.WriteStream): number {
  return columns || 80;
}

function rowsOf({ rows }: NodeJS.WriteStream): number {
  return rows || 24;
}

/** What log-update needs of a terminal. */
function sized(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const seen = {
    isTTY: true,
    write: (text: string) => stream.write(text),
    get columns() {
      return columnsOf(stream);
    },
    get rows() {
      return rowsOf(stream);
    },
  };
  return seen as unknown as NodeJS.WriteStream;
}
