import { expect } from 'chai';
import fc from 'fast-check';
import { Clock } from '../../../sandbox/timing/clock.ts';
import { type Former, inForce, keepFormer } from '../../../sandbox/timing/former.ts';
import { FormerValues } from '../../../sandbox/timing/former-values.ts';
import { atOnce } from '../../../sandbox/timing/timing.ts';

/** A clock that stands still until it is told another time. */
class StoppedClock extends Clock {
  readonly #time: () => number;

  constructor(time: () => number) {
    super();
    this.#time = time;
  }

  override now(): Date {
    return new Date(this.#time());
  }
}

/** Changes of one thing: so much time passes, then it gets the next number. */
const pauses = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
const delays = fc.integer({ min: 1, max: 50 });

describe('the value that counts', () => {
  it('is the one of so long ago, whatever has happened since', () => {
    fc.assert(
      fc.property(pauses, delays, fc.integer({ min: 0, max: 100 }), (gaps, delay, wait) => {
        let now = 0;
        const clock = new StoppedClock(() => now);
        let present = 0;
        let former: readonly Former<number>[] | undefined;
        const log = [{ at: Number.NEGATIVE_INFINITY, value: present }];
        for (const gap of gaps) {
          now += gap;
          former = keepFormer(former, present, clock, delay);
          present++;
          log.push({ at: now, value: present });
        }
        now += wait;
        const then = log.findLast(({ at }) => at <= now - delay)?.value;
        expect(inForce(present, former, clock, delay)).to.equal(then);
      }),
    );
  });

  it('is the present one without a delay, and nothing is kept', () => {
    expect(keepFormer(undefined, 1, new Clock(), 0)).to.equal(undefined);
    expect(inForce(2, [{ value: 1, until: Number.POSITIVE_INFINITY }], new Clock(), 0)).to.equal(2);
  });
});

describe('former values', () => {
  it('are found by id for as long as the delay, also of things that are gone', () => {
    const clock = new Clock();
    clock.timing = { ...atOnce, policiesMs: 1000 };
    const values = new FormerValues<string>(clock, (timing) => timing.policiesMs);
    values.keep('a', () => 'first');
    clock.advance(600);
    values.keep('a', () => 'second');
    values.keep('b', () => 'other');
    expect(values.find('a')?.value).to.equal('first');
    clock.advance(500);
    expect(values.find('a')?.value).to.equal('second');
    expect(values.find('b')?.value).to.equal('other');
    clock.advance(600);
    expect(values.find('a')).to.equal(undefined);
    expect(values.find('b')).to.equal(undefined);
  });

  it('are not even asked for without a delay', () => {
    const values = new FormerValues<string>(new Clock(), (timing) => timing.policiesMs);
    values.keep('a', () => expect.fail('asked'));
    expect(values.find('a')).to.equal(undefined);
  });
});
