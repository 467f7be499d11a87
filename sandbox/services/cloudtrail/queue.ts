/** Items that come at one end and go at the other; both take constant time, averaged over many. */
export class Queue<Item> {
  #items: (Item | undefined)[] = [];
  /** Slots before it are empty. */
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** @param index 0 is the oldest */
  at(index: number): Item | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the oldest away. */
  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head++;
    if (this.#head >= 32 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
