/**
 * The AWS CLI's shorthand for structures, lists and maps: `Enabled=true,SSEType=KMS`, `Key=a,Value=b`, `A={B=c}`, `A=[b,c]`
 * ("Using shorthand syntax with the AWS CLI", AWS CLI User Guide).
 */

export type Shorthand = string | readonly Shorthand[] | { readonly [key: string]: Shorthand };

/** What is wrong with a value that is no shorthand. */
export class ShorthandError extends Error {}

/** `Key=Value,Key=Value`. @throws ShorthandError with a sentence */
export function parseShorthand(text: string): { readonly [key: string]: Shorthand } {
  return new Reader(text).whole();
}

/** `a,b,c`: what stands for a list of plain values. */
export function splitList(text: string): string[] {
  return text.split(',');
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Record<string, Shorthand> {
    const pairs = this.#pairs('');
    if (this.#at < this.#text.length) throw this.#wrong('the end');
    return pairs;
  }

  /** Pairs up to a closing character, or to the end. */
  #pairs(close: string): Record<string, Shorthand> {
    const pairs: Record<string, Shorthand> = {};
    for (;;) {
      const key = this.#take(/^[^\s=,{}[\]"'@]+/);
      if (key === '') throw this.#wrong('a name');
      // `@=` reads the value from a file.
      this.#take(/^@/);
      if (this.#take(/^=/) === '') throw this.#wrong('"="');
      pairs[key] = this.#value(close);
      if (this.#take(/^,/) === '') return pairs;
    }
  }

  #value(close: string): Shorthand {
    if (this.#take(/^\{/) !== '') {
      const pairs = this.#take(/^\}/) === '' ? this.#pairs('}') : undefined;
      if (pairs && this.#take(/^\}/) === '') throw this.#wrong('"}"');
      return pairs ?? {};
    }
    if (this.#take(/^\[/) !== '') return this.#list();
    const first = this.#plain(close);
    const rest: string[] = [];
    // `Key=a,b,Next=c`: a comma goes on with the list when no name and "=" follow.
    while (/^,(?![^\s=,{}[\]"']+@?=)./.test(this.#rest())) {
      this.#at++;
      rest.push(this.#plain(close));
    }
    return rest.length === 0 ? first : [first, ...rest];
  }

  #list(): Shorthand[] {
    const items: Shorthand[] = [];
    if (this.#take(/^\]/) !== '') return items;
    for (;;) {
      if (this.#take(/^\{/) !== '') {
        items.push(this.#pairs('}'));
        if (this.#take(/^\}/) === '') throw this.#wrong('"}"');
      } else items.push(this.#take(/^\[/) === '' ? this.#plain(']') : this.#list());
      if (this.#take(/^\]/) !== '') return items;
      if (this.#take(/^,/) === '') throw this.#wrong('"," or "]"');
    }
  }

  #plain(close: string): string {
    const quoted = this.#take(/^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/);
    if (quoted !== '') return quoted.slice(1, -1);
    return this.#take(
      close === '' ? /^(?:\\.|[^,])*/ : close === '}' ? /^(?:\\.|[^,}])*/ : /^(?:\\.|[^,\]])*/,
    );
  }

  #take(pattern: RegExp): string {
    const [found = ''] = pattern.exec(this.#rest()) ?? [];
    this.#at += found.length;
    return found;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #wrong(expected: string): ShorthandError {
    const rest = this.#rest();
    return new ShorthandError(`${expected} is expected ${rest === '' ? 'at the end' : `before "${rest}"`}`);
  }
}
