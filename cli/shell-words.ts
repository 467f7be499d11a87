/** Values inside commands that are to be pasted into a POSIX shell: each stays one word and is never carried out. */
import { referencesIn, resolveParams } from '../runner/lab/reference.ts';

/** Where in a command something stands, as the shell reads it. */
type Place = 'bare' | 'single quotes' | 'double quotes' | 'comment';

/** A value as one word of a command. */
export function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${insideSingleQuotes(value)}'`;
}

/** Replaces the references to parameters in commands, each quoted as its place asks for. */
export function fillCommands(commands: string, params: Readonly<Record<string, string>>): string {
  const values = new Map(referencesIn(commands).map(({ text }) => [text, resolveParams(text, params)]));
  let filled = '';
  let place: Place = 'bare';
  for (let at = 0; at < commands.length; ) {
    const reference = commands.startsWith('${', at)
      ? commands.slice(at, commands.indexOf('}', at) + 1)
      : undefined;
    const value = reference === undefined ? undefined : values.get(reference);
    if (reference !== undefined && value !== undefined) {
      filled += quoted(value, place);
      at += reference.length;
      continue;
    }
    const escaped = commands[at] === '\\' && (place === 'bare' || place === 'double quotes');
    const length = escaped ? 2 : 1;
    if (!escaped) place = placeAfter(commands, at, place);
    filled += commands.slice(at, at + length);
    at += length;
  }
  return filled;
}

function placeAfter(commands: string, at: number, place: Place): Place {
  const character = commands[at];
  switch (place) {
    case 'single quotes':
      return character === "'" ? 'bare' : place;
    case 'double quotes':
      return character === '"' ? 'bare' : place;
    case 'comment':
      return character === '\n' ? 'bare' : place;
    case 'bare':
      if (character === "'") return 'single quotes';
      if (character === '"') return 'double quotes';
      return character === '#' && /^\s?$/.test(commands[at - 1] ?? '') ? 'comment' : place;
  }
}

function quoted(value: string, place: Place): string {
  switch (place) {
    case 'single quotes':
      return insideSingleQuotes(value);
    case 'double quotes':
      return value.replace(/["\\$`]/g, '\\$&');
    case 'comment':
      return value.replace(/[\r\n]+/g, ' ');
    case 'bare':
      return shellWord(value);
  }
}

function insideSingleQuotes(value: string): string {
  return value.replaceAll("'", "'\\''");
}
