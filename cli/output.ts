/** Where a command's words go: progress and prose to stderr, results to stdout. */
import { showsHyperlinks } from './terminal/hyperlinks.ts';
import { createStyle, type Style } from './terminal/style.ts';

export interface Output {
  /** Results. */
  readonly print: (text: string) => void;
  /** Progress and prose. */
  readonly note: (text: string) => void;
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** The stream for what moves; absent where there is no terminal. */
  readonly live?: NodeJS.WriteStream;
  /** Whether there is somebody at a terminal to answer questions. */
  readonly asks: boolean;
}

/** Colours follow NO_COLOR, FORCE_COLOR and `--no-color`; width the terminal, 80 columns where there is none. */
export function createOutput(noColor: boolean): Output {
  const { stdin, stdout, stderr, env } = process;
  const wanted = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const refused = noColor || (env.NO_COLOR !== undefined && env.NO_COLOR !== '') || env.TERM === 'dumb';
  const interactive = Boolean(stdout.isTTY && stderr.isTTY) && env.CI === undefined && env.TERM !== 'dumb';
  return {
    print: (text) => stdout.write(text),
    note: (text) => stderr.write(text),
    style: createStyle(
      !refused && (wanted || Boolean(stdout.isTTY)),
      Boolean(stdout.isTTY) && env.CI === undefined && showsHyperlinks(env),
    ),
    width: Math.min(stdout.columns ?? 80, 120),
    ...(interactive && { live: stderr }),
    asks: Boolean(stdin.isTTY && stderr.isTTY) && env.CI === undefined,
  };
}
