/** The options that say how long changes take in the sandbox. */
import { type Command, Option } from 'commander';
import { atOnce, realistic, type Timing } from '../../sandbox/timing/timing.ts';
import { duration } from './duration.ts';

/** One option for each figure of the timing. */
const options: Readonly<Record<keyof Timing, { readonly flag: string; readonly about: string }>> = {
  accessKeysMs: {
    flag: '--access-keys-delay',
    about: 'until a new access key works, and a deleted one does not',
  },
  policiesMs: { flag: '--policies-delay', about: 'until a change of policies, groups or trust counts' },
  grantsMs: { flag: '--grants-delay', about: 'until a new grant counts without its token' },
  onDemandRotationMs: {
    flag: '--on-demand-rotation',
    about: 'how long a rotation on demand of a KMS key takes',
  },
  tableKeyCacheMs: { flag: '--table-key-cache', about: 'how long DynamoDB asks KMS no more for a caller' },
  tableCreationMs: { flag: '--table-creation', about: 'how long a table is CREATING' },
  tableUpdateMs: { flag: '--table-update', about: 'how long a table is UPDATING' },
  indexAllocationMs: { flag: '--index-allocation', about: 'until a new index begins to be filled' },
  indexBackfillMs: { flag: '--index-backfill', about: 'until it is filled' },
  indexUpdateMs: { flag: '--index-update', about: 'how long an index is UPDATING' },
  indexDeletionMs: { flag: '--index-deletion', about: 'how long an index is DELETING' },
  tableDeletionMs: { flag: '--table-deletion', about: 'how long a table is DELETING' },
  encryptionShownMs: { flag: '--encryption-shown', about: "until a table's new key shows" },
  encryptionChangeMs: {
    flag: '--encryption-change',
    about: "how long a change of a table's key is UPDATING",
  },
  keyChecksMs: {
    flag: '--key-checks',
    about: 'until a table shows that its key stopped working; 0 for never',
  },
  eventsMs: { flag: '--events-delay', about: 'until CloudTrail shows an event' },
};

/** Beside this one, each option above is there under the name that Commander gives it, if it was given. */
export interface TimingFlags {
  readonly realistic: boolean;
}

export function withTimingOptions(command: Command): Command {
  command
    .optionsGroup("AWS's own pace (durations like 500ms, 4s, 5m):")
    .option(
      '--realistic',
      "let changes take as long as on AWS, and hold calls to AWS's request rates",
      false,
    );
  for (const option of Object.values(options).map(commanderOption)) command.addOption(option);
  return command;
}

/** What an own option says counts before what `--realistic` says. */
export function timingOf(flags: TimingFlags): Timing {
  const given = { ...flags } as Readonly<Record<string, unknown>>;
  const own = Object.entries(options).flatMap(([figure, { flag, about }]) => {
    const value = given[commanderOption({ flag, about }).attributeName()];
    return typeof value === 'number' ? [[figure, value]] : [];
  });
  return { ...(flags.realistic ? realistic : atOnce), ...Object.fromEntries(own) };
}

function commanderOption({ flag, about }: { flag: string; about: string }): Option {
  return new Option(`${flag} <duration>`, about).argParser(duration);
}
