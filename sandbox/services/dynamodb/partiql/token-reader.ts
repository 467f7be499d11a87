import type { WireValue } from '../data-plane.ts';
import { illFormed, refused } from './refusals.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Words that are no identifiers unless they are quoted. AWS reserves more of them. */
const keywords: ReadonlySet<string> = new Set(
  (
    'AND AS ASC BETWEEN BY DELETE DESC DISTINCT EXISTS FALSE FROM GROUP HAVING IN INSERT INTO IS LIKE LIMIT ' +
    'MISSING NOT NULL OR ORDER REMOVE RETURNING SELECT SET TRUE UPDATE VALUE VALUES WHERE'
  ).split(' '),
);

/** What a statement is read with. */
export interface StatementContext {
  /** In the order of the statement's question marks. */
  readonly parameters: readonly unknown[];
  /** Checks an attribute value and brings it into the form that is stored. @throws AwsError */
  readonly readValue: (value: unknown) => WireValue;
}

/** Deeper than any document (32 levels) or any condition that a person writes. */
const maxDepth = 64;
const end: Token = { kind: 'end', text: '' };

/** The tokens of a statement, from left to right. */
export class TokenReader {
  readonly context: StatementContext;
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;
  #parametersUsed = 0;

  constructor(statement: string, context: StatementContext) {
    this.#tokens = tokensOf(statement);
    this.context = context;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#position + ahead] ?? end;
  }

  next(): Token {
    const token = this.peek();
    this.#position++;
    return token;
  }

  /** Whether nothing but the semicolon that may end a statement is left. */
  get atEnd(): boolean {
    return this.peek().kind === 'end' || (this.isSymbol(';') && this.peek(1).kind === 'end');
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  isKeyword(): boolean {
    const { kind, text } = this.peek();
    return kind === 'word' && keywords.has(text.toUpperCase());
  }

  /** Goes on if these words come next. */
  takeWords(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.isWord(word, ahead))) return false;
    this.#position += words.length;
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#position++;
    return true;
  }

  /** Inferred: the text. @throws AwsError ValidationException */
  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw illFormed(`Expected ${symbol}`);
  }

  /** One or more, with commas between. */
  list<Element>(element: () => Element): Element[] {
    const elements = [element()];
    while (this.takeSymbol(',')) elements.push(element());
    return elements;
  }

  /** Reads something that may hold another of its kind. @throws AwsError ValidationException for what is too deep */
  nested<Result>(read: () => Result): Result {
    // Inferred: how AWS refuses it.
    if (++this.#depth > maxDepth) throw illFormed('');
    const result = read();
    this.#depth--;
    return result;
  }

  /** Stands for the next question mark. */
  nextParameter(): unknown {
    if (this.#parametersUsed >= this.context.parameters.length) throw parameterCount();
    return this.context.parameters[this.#parametersUsed++];
  }

  /** @throws AwsError ValidationException for parameters that no question mark stands for */
  requireAllParametersUsed(): void {
    if (this.#parametersUsed < this.context.parameters.length) throw parameterCount();
  }
}

/** Text of DynamoDB local. */
function parameterCount() {
  return refused("Number of parameters in request and statement don't match.");
}
