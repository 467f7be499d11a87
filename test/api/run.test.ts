import { expect } from 'chai';
import { Run } from '../../api/run.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('a run of the library', () => {
  it('tells every listener everything, from the beginning', async () => {
    const run = new Run<number, string>(async (tell) => {
      tell(1);
      await later();
      tell(2);
      tell(3);
      return 'done';
    });
    const heard = async () => {
      const events: number[] = [];
      for await (const event of run) events.push(event);
      return events;
    };
    const early = heard();
    expect(await run.done).to.equal('done');
    expect(await Promise.all([early, heard()])).to.deep.equal([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('throws to whoever listens what it ended with, and to nobody else', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listen);
    try {
      const run = new Run<number, never>(async (tell) => {
        tell(1);
        await later();
        throw new Error('broken');
      });
      const events: number[] = [];
      let thrown: unknown;
      try {
        for await (const event of run) events.push(event);
      } catch (error) {
        thrown = error;
      }
      expect(events).to.deep.equal([1]);
      expect(thrown).to.be.an('error').with.property('message', 'broken');
      new Run<number, never>(async () => {
        throw new Error('unheard');
      });
      await later();
      await later();
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });

  it('goes on when a listener leaves', async () => {
    const run = new Run<number, number>(async (tell) => {
      tell(1);
      await later();
      tell(2);
      return 3;
    });
    for await (const _event of run) break;
    expect(await run.done).to.equal(3);
  });

  it('can be listened to by many calls without a warning, and is ended with the reason', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    try {
      const leaving = new AbortController();
      const run = new Run<never, never>(async (_, signal) => {
        for (let call = 0; call < 50; call++) signal.addEventListener('abort', () => undefined);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw signal.reason;
      }, leaving.signal);
      leaving.abort('enough');
      expect(await run.done.catch((reason: unknown) => reason)).to.equal('enough');
      await later();
      expect(warnings).to.deep.equal([]);
      let begun = false;
      const never = new Run<never, void>(async () => {
        begun = true;
      }, leaving.signal);
      expect(await never.done.catch((reason: unknown) => reason)).to.equal('enough');
      expect(begun).to.equal(false);
    } finally {
      process.off('warning', listen);
    }
  });
});
