/**
 * Makes `instanceof` hold across copies of this program. The command has its classes built in, while an author's module
 * has those of the library beside it, perhaps of another version: what one throws the other must know.
 *
 * @param name one for each class, the same in all versions
 */
export function acrossCopies(kind: abstract new (...args: never[]) => object, name: string): void {
  const mark = Symbol.for(`labwright/${name}`);
  Object.defineProperty(kind.prototype, mark, { value: true });
  Object.defineProperty(kind, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // Kinds of this kind are told by their own prototypes.
      if (this !== kind) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === 'object' && value !== null && mark in value;
    },
  });
}
