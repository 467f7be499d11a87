/** Links that a terminal opens itself (OSC 8), where it is known to understand them. */

const programs = new Set([
  'iTerm.app',
  'WezTerm',
  'vscode',
  'ghostty',
  'Hyper',
  'rio',
  'Tabby',
  'WarpTerminal',
]);
const terminals = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)/;

/**
 * Whether the terminal behind an environment shows links. One that does not would swallow the address, so in doubt
 * the answer is no. FORCE_HYPERLINK decides either way.
 */
export function showsHyperlinks(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0';
  const term = env.TERM ?? '';
  // A multiplexer hands on what the terminal around it set, and not every one hands on links.
  if (env.TMUX !== undefined || /^(?:screen|tmux)/.test(term)) return false;
  return (
    programs.has(env.TERM_PROGRAM ?? '') ||
    terminals.test(term) ||
    env.WT_SESSION !== undefined ||
    env.KONSOLE_VERSION !== undefined ||
    // GNOME Terminal and its kin, since 0.50.
    Number(env.VTE_VERSION ?? 0) >= 5000
  );
}

/** @param address absolute, of a scheme that a document may lead to */
export function hyperlink(words: string, address: string): string {
  const { href } = new URL(address);
  return `\u001b]8;;${href}\u0007${words}\u001b]8;;\u0007`;
}
