import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Command, InvalidArgumentError } from 'commander';
import { duration } from '../../../cli/options/duration.ts';
import { type TimingFlags, timingOf, withTimingOptions } from '../../../cli/options/timing.ts';
import { atOnce, realistic } from '../../../sandbox/timing/timing.ts';

describe('durations', () => {
  it('are numbers with a unit, or 0', () => {
    for (const [text, milliseconds] of [
      ['0', 0],
      ['500ms', 500],
      ['4s', 4000],
      ['1.5m', 90_000],
      ['2h', 7_200_000],
    ] as const) {
      expect(duration(text), text).to.equal(milliseconds);
    }
  });

  it('are explained where they are wrong', () => {
    for (const text of ['', '4', '-4s', '4 s', 's', '4sec', '1e3s', '0x10s', '9999999s', 'NaN']) {
      expect(() => duration(text), text).to.throw(InvalidArgumentError, 'Write a duration like 500ms');
    }
  });
});

describe('the options of the sandbox’s pace', () => {
  const timing = (...args: string[]) => {
    const command = withTimingOptions(new Command());
    return timingOf(command.parse(args, { from: 'user' }).opts<TimingFlags>());
  };

  it('leave everything at once', () => {
    expect(timing()).to.deep.equal(atOnce);
  });

  it('turn on AWS’s figures together, and an own option counts before them', () => {
    expect(timing('--realistic')).to.deep.equal(realistic);
    const own = timing('--realistic', '--policies-delay', '1m', '--table-key-cache', '0');
    expect(own).to.deep.equal({ ...realistic, policiesMs: 60_000, tableKeyCacheMs: 0 });
  });

  it('are in docs/sandbox.md with the figures that they have', () => {
    const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `(--[\w-]+)` \| (\w+) \|/gm)];
    const written = rows.flatMap(([, flag = '', figure = '']) => [flag, figure]);
    expect(timing(...written)).to.deep.equal(realistic);
  });

  it('are there for every figure', () => {
    const figures = {
      '--access-keys-delay': 'accessKeysMs',
      '--policies-delay': 'policiesMs',
      '--grants-delay': 'grantsMs',
      '--on-demand-rotation': 'onDemandRotationMs',
      '--table-key-cache': 'tableKeyCacheMs',
      '--table-creation': 'tableCreationMs',
      '--table-update': 'tableUpdateMs',
      '--index-allocation': 'indexAllocationMs',
      '--index-backfill': 'indexBackfillMs',
      '--index-update': 'indexUpdateMs',
      '--index-deletion': 'indexDeletionMs',
      '--table-deletion': 'tableDeletionMs',
      '--encryption-shown': 'encryptionShownMs',
      '--encryption-change': 'encryptionChangeMs',
      '--key-checks': 'keyChecksMs',
      '--events-delay': 'eventsMs',
    };
    expect(Object.values(figures)).to.have.members(Object.keys(atOnce));
    for (const [flag, figure] of Object.entries(figures)) {
      expect(timing(flag, '7s'), flag).to.deep.equal({ ...atOnce, [figure]: 7000 });
    }
  });
});
