import { expect } from 'chai';
import fc from 'fast-check';
import type { HistoryEvent } from '../../../sandbox/services/cloudtrail/event.ts';
import { EventHistory, maxEvents } from '../../../sandbox/services/cloudtrail/event-history.ts';
import { HistoryBudget } from '../../../sandbox/services/cloudtrail/history-budget.ts';
import { Queue } from '../../../sandbox/services/cloudtrail/queue.ts';
import { Clock } from '../../../sandbox/timing/clock.ts';

const everything = {
  from: 0,
  to: Number.POSITIVE_INFINITY,
  before: Number.POSITIVE_INFINITY,
  limit: Number.POSITIVE_INFINITY,
};

function event(clock: Clock, name: string, requestParameters = 'null'): HistoryEvent {
  const now = clock.now().getTime();
  return {
    id: `id-${name}`,
    name,
    source: 'kms.amazonaws.com',
    region: 'eu-west-1',
    requestId: 'request',
    readOnly: name.endsWith('0'),
    resources: [],
    otherNames: [],
    time: now - (now % 1000),
    addedAt: now,
    caller: { principal: { kind: 'service', service: 'dynamodb.amazonaws.com' } },
    userName: undefined,
    accessKeyId: undefined,
    recipientAccountId: '123456789012',
    sourceIp: '127.0.0.1',
    userAgent: 'test',
    requestParameters,
    responseElements: 'null',
  };
}

describe('an event history', () => {
  it('keeps the newest events when it is full, in every index', () => {
    const clock = new Clock();
    const history = new EventHistory(clock);
    const added = maxEvents + 2500;
    for (let index = 0; index < added; index++) history.add(event(clock, `Call${index}`));
    const { events } = history.find(everything);
    expect(events).to.have.lengthOf(maxEvents);
    expect(events[0]?.name).to.equal(`Call${added - 1}`);
    expect(events.at(-1)?.name).to.equal('Call2500');
    const named = (value: string) =>
      history.find({ ...everything, attribute: { key: 'EventName', value } }).events.map(({ id }) => id);
    expect(named('Call2499')).to.deep.equal([]);
    expect(named('Call2500')).to.deep.equal(['id-Call2500']);
    const reading = history.find({ ...everything, attribute: { key: 'ReadOnly', value: 'true' } }).events;
    expect(reading).to.have.lengthOf(maxEvents / 10);
    expect(reading.every(({ readOnly }) => readOnly)).to.equal(true);
  });

  it('keeps fewer events where they are large', () => {
    const clock = new Clock();
    const history = new EventHistory(clock);
    const large = 'x'.repeat(100 * 1024);
    for (let index = 0; index < 1000; index++) history.add(event(clock, `Call${index}`, large));
    const { events } = history.find(everything);
    expect(events.length * large.length).to.be.within(31 * 1024 * 1024, 32 * 1024 * 1024);
    expect(events[0]?.name).to.equal('Call999');
  });

  it('gives up its oldest events where all histories together are too large, not those of smaller ones', () => {
    const clock = new Clock();
    const budget = new HistoryBudget(100 * 1024);
    const small = new EventHistory(clock, budget);
    const large = new EventHistory(clock, budget);
    const deleted: string[] = [];
    large.changes = { put: () => undefined, delete: (name) => deleted.push(name) };
    for (let index = 0; index < 5; index++) small.add(event(clock, `Small${index}`));
    for (let index = 0; index < 200; index++) large.add(event(clock, `Large${index}`));
    small.add(event(clock, 'Small5'));
    expect(small.find(everything).events).to.have.lengthOf(6);
    const kept = large.find(everything).events;
    expect(kept.length).to.be.within(80, 100);
    expect(kept[0]?.name).to.equal('Large199');
    expect(deleted).to.have.lengthOf(200 - kept.length);
    expect(small.held + large.held).to.be.at.most(100 * 1024);
  });

  it('finds by attribute what a walk over all events finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('A', 'B', 'C0'), { maxLength: 60 }),
        fc.constantFrom('A', 'B', 'C0', 'D'),
        fc.integer({ min: 1, max: 20 }),
        (names, wanted, limit) => {
          const clock = new Clock();
          const history = new EventHistory(clock);
          for (const name of names) history.add(event(clock, name));
          const attribute = { key: 'EventName', value: wanted } as const;
          const found: string[] = [];
          let before: number | undefined = Number.POSITIVE_INFINITY;
          while (before !== undefined) {
            const page = history.find({ ...everything, attribute, before, limit });
            found.push(...page.events.map(({ name }) => name));
            before = page.last;
          }
          expect(found).to.deep.equal(names.filter((name) => name === wanted));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a queue', () => {
  it('behaves like an array that is shifted', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: undefined }), { maxLength: 300 }), (steps) => {
        const queue = new Queue<number>();
        const array: number[] = [];
        for (const step of steps) {
          if (step === undefined) expect(queue.shift()).to.equal(array.shift());
          else {
            queue.push(step);
            array.push(step);
          }
          expect(queue.length).to.equal(array.length);
          expect(queue.at(0)).to.equal(array[0]);
          expect(queue.at(queue.length - 1)).to.equal(array.at(-1));
        }
      }),
    );
  });

  it('stays in order when much goes in and out', () => {
    const queue = new Queue<number>();
    let next = 0;
    for (let index = 0; index < 5000; index++) {
      queue.push(index);
      if (index % 3 !== 0) expect(queue.shift()).to.equal(next++);
    }
    expect(queue.length).to.equal(5000 - next);
    expect(queue.at(0)).to.equal(next);
    expect(queue.at(-1)).to.equal(undefined);
  });
});
