/** Where the statements of a policy stand in its text, as the policy simulator reports it. */
import type { Position } from '@aws-sdk/client-iam';

export interface Span {
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

/**
 * Start and end of every statement, in order. Lines and columns count from 1; the end is the column behind the closing
 * brace. The start is that of the opening brace in a list of statements, and the column behind it for a statement
 * that stands alone (observed on AWS: LocalStack's test_simulate_principle_policy and the AWS CLI's examples of
 * simulate-custom-policy for one alone, public logs for lists).
 *
 * @param text JSON that parsed as a policy
 */
export function statementPositions(text: string): Span[] {
  const value = statementElement(text);
  if (text[value] === '{') return [span(text, value + 1, endOfValue(text, value))];
  const spans: Span[] = [];
  let at = skipTo(text, value + 1, '{]');
  while (text[at] === '{') {
    const end = endOfValue(text, at);
    spans.push(span(text, at, end));
    at = skipTo(text, end, '{]');
  }
  return spans;
}

/** Offset of the value of the document's `Statement`. */
function statementElement(text: string): number {
  let at = skipTo(text, 0, '{') + 1;
  for (;;) {
    const start = skipTo(text, at, '"');
    const end = endOfText(text, start);
    const value = skipTo(text, end, ':') + 1 + leadingSpace(text.slice(skipTo(text, end, ':') + 1));
    if (JSON.parse(text.slice(start, end)) === 'Statement') return value;
    at = endOfValue(text, value);
  }
}

/** Offset behind the value that starts at `at`. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfText(text, at);
  if (text[at] !== '{' && text[at] !== '[') return skipTo(text, at, ',}]');
  let depth = 0;
  for (let offset = at; ; ) {
    const char = text[offset];
    if (char === undefined) throw new Error('The policy ends inside a value.');
    if (char === '"') {
      offset = endOfText(text, offset);
      continue;
    }
    if (char === '{' || char === '[') depth += 1;
    if (char === '}' || char === ']') depth -= 1;
    offset += 1;
    if (depth === 0) return offset;
  }
}

/** Offset behind the closing quote of the text that starts at `at`. */
function endOfText(text: string, at: number): number {
  let offset = at + 1;
  while (text[offset] !== '"') {
    if (text[offset] === undefined) throw new Error('The policy ends inside a text.');
    offset += text[offset] === '\\' ? 2 : 1;
  }
  return offset + 1;
}

function skipTo(text: string, from: number, chars: string): number {
  for (let at = from; at < text.length; at += 1) if (chars.includes(text[at] ?? '')) return at;
  throw new Error('The text is no policy.');
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}

function span(text: string, start: number, end: number): Span {
  return { StartPosition: position(text, start), EndPosition: position(text, end) };
}

function position(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { Line: before.length, Column: (before.at(-1)?.length ?? 0) + 1 };
}
