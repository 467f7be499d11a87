import type { DocumentPath } from '../data-plane.ts';
import { illFormed, refused } from './refusals.ts';
import type { TokenReader } from './token-reader.ts';

/** Whether an identifier, and so a path, begins here. */
export function pathBegins(reader: TokenReader): boolean {
  const { kind } = reader.peek();
  return kind === 'quoted' || (kind === 'word' && !reader.isKeyword());
}

/** `a."b".c[1]`, or `a['b']`. @throws AwsError ValidationException */
export function parsePath(reader: TokenReader): DocumentPath {
  const path: [string, ...(string | number)[]] = [parseIdentifier(reader)];
  for (;;) {
    if (reader.takeSymbol('.')) path.push(parseIdentifier(reader));
    else if (reader.takeSymbol('[')) {
      path.push(parseStep(reader));
      reader.expectSymbol(']');
    } else return path;
  }
}

function parseIdentifier(reader: TokenReader): string {
  // Texts of DynamoDB local.
  if (reader.isSymbol('*')) throw refused('Unpivot path component like a.*.b are not supported');
  if (reader.isKeyword()) throw illFormed('Unexpected keyword');
  if (!pathBegins(reader)) throw illFormed('Unexpected term');
  const { text } = reader.next();
  if (text === '') throw refused('Path component cannot be an empty string');
  return text;
}

function parseStep(reader: TokenReader): string | number {
  const { kind, text } = reader.next();
  if (kind === 'string') return text;
  if (text === '*') throw refused('Wildcard path component like a[*].b are not supported');
  if (kind !== 'number' || !/^\d+$/.test(text)) throw refused('Unexpected path component');
  const index = Number(text);
  if (index >= 2 ** 31) {
    throw refused(`List index is not within the allowable range; index: [${text}]`);
  }
  return index;
}
