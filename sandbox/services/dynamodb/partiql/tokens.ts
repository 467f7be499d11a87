import { illFormed } from './refusals.ts';

export interface Token {
  /** `word`: a keyword or an identifier; `quoted`: an identifier; `end`: nothing more comes. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'end';
  /** Without quotation marks. */
  readonly text: string;
}

/** In this order the first that matches at a place is the token there. */
const patterns: readonly (readonly [kind: Token['kind'] | 'blank', pattern: RegExp])[] = [
  ['blank', /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['word', /[A-Za-z_$][A-Za-z0-9_$]*/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  // `/` begins nothing but a comment.
  ['symbol', /<<|>>|<=|>=|<>|!=|[=<>()[\]{},.:?*+;-]/y],
];

/** In time proportional to the statement. @throws AwsError ValidationException */
export function tokensOf(statement: string): Token[] {
  const tokens: Token[] = [];
  let place = 0;
  while (place < statement.length) {
    const found = match(statement, place);
    place += found.length;
    if (found.kind !== 'blank') tokens.push({ kind: found.kind, text: found.text });
  }
  return tokens;
}

function match(statement: string, place: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = place;
    const found = pattern.exec(statement)?.[0];
    if (found !== undefined) return { kind, length: found.length, text: unquoted(kind, found) };
  }
  throw illFormed('');
}

/** A quotation mark inside is written twice. */
function unquoted(kind: Token['kind'] | 'blank', text: string): string {
  if (kind === 'string') return text.slice(1, -1).replaceAll("''", "'");
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;
}
