/** Finds out in little memory whose values may be the same: of each value, only a mark of 32 bits is kept. */

/** Marks and holders are one number: the mark times this, and the holder. */
const mostHolders = 2 ** 21;

export class Marks {
  #marked = new Float64Array(1024);
  #count = 0;

  /** @param holder from 0, below two millions */
  add(value: string, holder: number): void {
    if (holder >= mostHolders) throw new RangeError(`More than ${mostHolders} learners cannot be compared.`);
    if (this.#count === this.#marked.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#marked);
      this.#marked = larger;
    }
    this.#marked[this.#count] = markOf(value) * mostHolders + holder;
    this.#count++;
  }

  /** Everybody who has a value that somebody else has as well, and now and then one whose value only has the same mark. */
  alike(): Set<number> {
    const sorted = this.#marked.slice(0, this.#count).sort();
    const alike = new Set<number>();
    for (let at = 1; at < sorted.length; at++) {
      const [before = 0, one = 0] = [sorted[at - 1], sorted[at]];
      const sameMark = Math.floor(before / mostHolders) === Math.floor(one / mostHolders);
      if (sameMark && before !== one) alike.add(before % mostHolders).add(one % mostHolders);
    }
    return alike;
  }
}

/** FNV-1a, 32 bits. */
function markOf(value: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
