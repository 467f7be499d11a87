import { expect } from 'chai';
import fc from 'fast-check';
import { type SealedItem, SealedItems } from '../../../sandbox/services/dynamodb/dynalite/sealed-items.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '0'), maxLength: 4 });
const item = fc.record({ bytes: fc.uint8Array({ maxLength: 4 }), sizeBytes: fc.nat(1000) });

interface Model {
  readonly items: Map<string, SealedItem>;
}

class Put implements fc.Command<Model, SealedItems> {
  readonly #key: string;
  readonly #item: SealedItem;

  constructor(name: string, value: SealedItem) {
    this.#key = name;
    this.#item = value;
  }

  check(): boolean {
    return true;
  }

  run({ items }: Model, real: SealedItems): void {
    items.set(this.#key, this.#item);
    real.set(this.#key, this.#item);
    agree(items, real);
  }

  toString(): string {
    return `put ${JSON.stringify(this.#key)}`;
  }
}

class Delete implements fc.Command<Model, SealedItems> {
  readonly #key: string;

  constructor(name: string) {
    this.#key = name;
  }

  check(): boolean {
    return true;
  }

  run({ items }: Model, real: SealedItems): void {
    items.delete(this.#key);
    real.delete(this.#key);
    agree(items, real);
  }

  toString(): string {
    return `delete ${JSON.stringify(this.#key)}`;
  }
}

/** The whole of it, forwards and backwards, and what is counted. */
function agree(model: ReadonlyMap<string, SealedItem>, real: SealedItems): void {
  const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
  expect([...real.entries()]).to.deep.equal(sorted);
  expect([...real.entries({ reverse: true })]).to.deep.equal(sorted.reverse());
  expect(real.size).to.equal(model.size);
  expect(real.sizeBytes).to.equal(sorted.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0));
}

describe('the items at rest of a table', () => {
  it('are those of a map, in the order of their keys, whatever is put and deleted', () => {
    fc.assert(
      fc.property(
        fc.commands(
          [
            fc.tuple(key, item).map(([name, value]) => new Put(name, value)),
            key.map((name) => new Delete(name)),
          ],
          { maxCommands: 100 },
        ),
        (commands) => {
          fc.modelRun(() => ({ model: { items: new Map() }, real: new SealedItems('table') }), commands);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('stay in order when there are enough of them for a deep tree', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(100_000), { minLength: 3000, maxLength: 6000 }),
        fc.nat(100_000),
        (numbers, bound) => {
          const items = new SealedItems('table');
          const names = numbers.map((number) => String(number).padStart(6, '0'));
          for (const name of names) items.set(name, { bytes: new Uint8Array(), sizeBytes: 1 });
          for (const name of names.slice(0, 1000)) items.delete(name);
          const left = names.slice(1000).sort();
          const text = String(bound).padStart(6, '0');
          expect([...items.entries()].map(([name]) => name)).to.deep.equal(left);
          expect([...items.entries({ gte: text, limit: 20 })].map(([name]) => name)).to.deep.equal(
            left.filter((name) => name >= text).slice(0, 20),
          );
          expect(
            [...items.entries({ lt: text, reverse: true, limit: 20 })].map(([name]) => name),
          ).to.deep.equal(
            left
              .filter((name) => name < text)
              .reverse()
              .slice(0, 20),
          );
          expect(items.sizeBytes).to.equal(left.length);
        },
      ),
      { numRuns: 5 },
    );
  });
});
