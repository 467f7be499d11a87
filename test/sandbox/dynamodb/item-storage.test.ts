import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { ItemStorage } from '../../../sandbox/services/dynamodb/dynalite/item-storage.ts';
import { SealedItems } from '../../../sandbox/services/dynamodb/dynalite/sealed-items.ts';
import type { ValueStream } from '../../../sandbox/services/dynamodb/dynalite/value-stream.ts';
import { SealingKey } from '../../../sandbox/services/dynamodb/encryption/sealing-key.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 3 });
const range = fc.record(
  { gt: key, gte: key, lt: key, lte: key, reverse: fc.boolean(), limit: fc.integer({ min: -1, max: 4 }) },
  { requiredKeys: [] },
);

function storageOf(streams: ValueStream[]): ItemStorage {
  return new ItemStorage(new SealedItems('table'), new SealingKey(randomBytes(32)), streams);
}

describe('the storage of items', () => {
  it('gives the same ranges as a sorted list', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean())), range, (writes, bounds) => {
        const streams: ValueStream[] = [];
        const storage = storageOf(streams);
        const model = new Set<string>();
        for (const [name, put] of writes) {
          if (put) storage.put(name, { name }, () => model.add(name));
          else storage.del(name, () => model.delete(name));
        }
        const inRange = [...model].sort().filter((name) => {
          const { gt, gte, lt, lte } = bounds;
          const low = gte !== undefined ? name >= gte : gt === undefined || name > gt;
          const high = lte !== undefined ? name <= lte : lt === undefined || name < lt;
          return low && high;
        });
        if (bounds.reverse) inRange.reverse();
        const limit = bounds.limit === undefined || bounds.limit < 0 ? inRange.length : bounds.limit;

        const seen: string[] = [];
        storage.createValueStream(bounds).on('data', (value: { name: string }) => seen.push(value.name));
        for (const stream of streams) stream.flow();
        expect(seen).to.deep.equal(inRange.slice(0, limit));
        expect([...storage.values()]).to.have.length(model.size);
      }),
    );
  });

  it('shares no objects with those who put or get', () => {
    const storage = storageOf([]);
    const item = { list: [1] };
    storage.put('one', item, () => undefined);
    item.list.push(2);
    storage.get('one', (_error, found) => (found as typeof item).list.push(3));
    storage.get('one', (_error, found) => expect(found).to.deep.equal({ list: [1] }));
  });

  it('stops a stream that has been destroyed', () => {
    const streams: ValueStream[] = [];
    const storage = storageOf(streams);
    for (const name of ['a', 'b', 'c']) storage.put(name, { name }, () => undefined);
    const seen: unknown[] = [];
    const stream = storage.createValueStream({});
    stream.on('data', (value) => {
      seen.push(value);
      stream.destroy();
    });
    stream.flow();
    expect(seen).to.deep.equal([{ name: 'a' }]);
  });
});
