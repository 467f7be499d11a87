/** A check run and what came of it, shown; shared by `check` and `demo`. */
import type { AccountKind, Caller, Identity } from '../runner/accounts/caller.ts';
import { type CheckedLab, checkLab } from '../runner/check-lab.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { planRun, type Step } from '../runner/plan.ts';
import { askingProber } from '../runner/probe/asking.ts';
import { Journal } from '../runner/probe/journal.ts';
import { removeLeftKeys } from '../runner/probe/left-keys.ts';
import type { Prober } from '../runner/probe/prober.ts';
import { profileProber } from '../runner/probe/profile.ts';
import { temporaryKeyProber } from '../runner/probe/temporary-key.ts';
import type { StateFolder } from '../runner/state-folder.ts';
import type { OpenAccount } from './open-account.ts';
import type { Output } from './output.ts';
import { type ProbeChoice, waysOf } from './probe-choice.ts';
import { confirm } from './terminal/confirm.ts';
import type { LiveProgress } from './terminal/live-progress.ts';
import { stageText } from './terminal/stage-text.ts';
import { plain } from './terminal/style.ts';

export interface CheckAndShowOptions {
  readonly lab: Lab;
  readonly stages: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly account: OpenAccount & { readonly kind: AccountKind };
  /** How the test user is tried; on a terminal it is asked where this is left open. */
  readonly probe?: ProbeChoice;
  readonly state: StateFolder;
  readonly output: Output;
  /** False prints no findings: the caller prints the result in another form. */
  readonly showFindings: boolean;
  readonly author?: string;
  readonly signal?: AbortSignal;
}

export async function checkAndShow(options: CheckAndShowOptions): Promise<CheckedLab> {
  const { lab, stages, settings, account, output, state, signal } = options;
  const { steps, chosen } = planRun(lab, settings, stages);
  const shown = steps.filter((step) => chosen.includes(step.stage.id));
  const live = await liveProgress(shown, output);
  const journal = new Journal(state.journalFolder);
  // Keys are deleted by a caller of its own, which an interruption does not stop.
  const steward = account.owner();
  const owner = account.owner(signal);
  try {
    const checked = await checkLab({
      lab,
      settings,
      stages,
      caller: owner,
      kind: account.kind,
      ways: waysOf(options.probe),
      state,
      ...(options.author && { author: options.author }),
      ...(signal && { signal }),
      async prober(identity, recorded) {
        await sweep({ owner: steward, identity, journal }, output);
        return proberFor({ identity, steward: recorded(steward), journal, options, live });
      },
      onStart: (step) => live?.start(step),
      onFinding: (step) => live?.settle(step),
    });
    live?.done();
    if (options.showFindings && !checked.unanswered && !signal?.aborted) {
      const stages = checked.result.stages.filter((stage) => chosen.includes(stage.id));
      for (const stage of stages) output.print(`\n${stageText(stage, output.style, output.width)}\n`);
    }
    if (checked.leftBehind !== undefined) {
      output.note(`A temporary access key could not be deleted: ${plain(checked.leftBehind)}\n`);
      output.note('It is noted, and the next `labwright check` in this folder deletes it.\n');
    }
    if (checked.notKept !== undefined) {
      output.note(
        `This run could not be kept: ${plain(checked.notKept)}. What was kept before is still there.\n`,
      );
    }
    return checked;
  } finally {
    live?.done();
    owner.close();
    steward.close();
  }
}

interface ProberNeeds {
  readonly options: CheckAndShowOptions;
  readonly identity: Identity;
  readonly steward: Caller;
  readonly journal: Journal;
  readonly live: LiveProgress | undefined;
}

function proberFor({ options, identity, steward, journal, live }: ProberNeeds): Prober | undefined {
  const { account, probe, output, signal } = options;
  if (probe?.way === 'profile') {
    const { profile } = probe;
    return profileProber({ profile, caller: account.withProfile(profile, signal), owner: identity });
  }
  const temporary = () =>
    temporaryKeyProber({
      owner: steward,
      identity,
      journal,
      callerFor: (key) => account.withKey(key, signal),
      signal,
    });
  if (probe?.way === 'key') return temporary();
  if (probe || !output.asks) return undefined;
  const ask = (userName: string) => {
    const question = `To see what ${plain(userName)} may do, a temporary access key of it is made and deleted after the run. Make one?`;
    const answered = () => confirm(question, signal);
    return live ? live.during(answered) : answered();
  };
  return askingProber(ask, temporary());
}

/** Removes what a killed run left behind; when that fails, the run goes on and says so. */
async function sweep(left: Parameters<typeof removeLeftKeys>[0], { note }: Output): Promise<void> {
  try {
    for (const id of await removeLeftKeys(left)) {
      note(`Removed the temporary access key ${id} that an earlier run left behind.\n`);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    note(`A temporary access key of an earlier run could not be looked for or deleted: ${plain(why)}\n`);
  }
}

/** What moves is loaded only where there is a terminal for it. */
async function liveProgress(steps: readonly Step[], { style, live }: Output) {
  if (!live) return undefined;
  const { LiveProgress } = await import('./terminal/live-progress.ts');
  return new LiveProgress(steps, style, live);
}
