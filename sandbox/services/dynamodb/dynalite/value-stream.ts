import { Stream } from 'node:stream';

/** A stream of items that flows when told to, all within one call. dynalite destroys it once it has enough. */
export class ValueStream extends Stream {
  readonly #texts: () => Iterable<string>;
  #destroyed = false;

  /** @param texts the items' JSON */
  constructor(texts: () => Iterable<string>) {
    super();
    this.#texts = texts;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  flow(): void {
    for (const text of this.#texts()) {
      if (this.#destroyed) return;
      this.emit('data', JSON.parse(text));
    }
    this.emit('end');
  }
}
