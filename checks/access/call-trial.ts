/** Whether somebody may make a call on a table: tried live, and reasoned from the policies. */

import type { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import { explainAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { Account } from '../account.ts';
import type { CheckBasis, CheckContext, Passed } from '../check.ts';
import type { KeyedTable } from '../dynamodb/table-keys.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import type { Actor } from './actor.ts';
import { probe, refusalInWords, refusalRecord, type refusalShape, tryAccess } from './experiment.ts';
import {
  callInWords,
  makeCall,
  refusalOf,
  requestOf,
  type TableCall,
  type tableCallProbes,
} from './table-call.ts';
import { settled } from './table-read.ts';
import { undecidedAccess } from './undecided-access.ts';
import { byWays, unclear } from './ways.ts';

export interface CallTrial {
  readonly actor: Actor;
  readonly table: KeyedTable;
  readonly tried: TableCall;
  readonly account: Account<never>;
  readonly bases: ReadonlySet<CheckBasis>;
  readonly poll: CheckContext<unknown, never, never>['poll'];
  /** The account as the actor. @throws NotJudged where nobody may act as it */
  readonly act: () => Promise<Account<(typeof tableCallProbes)[number]>>;
}

const spreading = 'New permissions take seconds, at times minutes, to work everywhere. Wait, and run again.';

/** Passes where the actor may make the call. @throws Failed, NotJudged, CallError */
export async function allowedCall(trial: CallTrial): Promise<Passed<{ seen: string }>> {
  const { actor, table, tried, account, bases, poll } = trial;
  const what = callInWords(tried, table);
  const access = explained(trial, tried);
  const policiesDeny = isDenied(access);
  const failed = (actual: string) =>
    new Failed(`${actor.name} is not allowed ${what}.`, { expected: 'allowed', actual, explanation: access });
  return byWays(
    bases,
    {
      async observed() {
        const asActor = await ready(trial);
        const expected = refusalOf(tried, table, actor.principal.arn);
        const last = await settled(
          () => probe(() => makeCall(asActor, table, tried), expected),
          poll,
          async ({ outcome }) =>
            (outcome === 'allowed' && policiesDeny) ||
            (outcome === 'denied as expected' && isAllowed(access)),
        );
        if (last.outcome === 'allowed') {
          if (policiesDeny)
            throw new AtOdds(
              `${actor.name} is still allowed ${what}, although its policies do not allow it.`,
              spreading,
            );
          return {
            message: `${actor.name} makes ${what} and sees ${last.answer}.`,
            outputs: { seen: last.answer },
          };
        }
        if (last.outcome !== 'denied as expected') {
          throw unclear(last, `Whether ${actor.name} is allowed ${what} cannot be told`);
        }
        if (isAllowed(access)) {
          throw new AtOdds(
            `${actor.name} is still refused ${what}, although its policies allow it.`,
            spreading,
          );
        }
        throw failed(refusalInWords(last.refusal));
      },
      history: () => notOnRecord(account),
      async reasoned() {
        if (access.decision.effect === 'undecided')
          throw undecidedAccess(`Whether ${actor.name} is allowed ${what}`, access);
        if (policiesDeny) throw failed('denied');
        return { message: `The policies of ${actor.name} allow ${what}.`, outputs: { seen: '' } };
      },
    },
    `Whether ${actor.name} is allowed ${what}`,
  );
}

/** What has to withhold it, in the words of AWS's refusals. */
export const limits = ['identity-based policy', 'permissions boundary'] as const;

export interface Refused {
  /** A call that the same actor is allowed. */
  readonly control: TableCall;
  /** What has to withhold it; anything when absent. */
  readonly by?: (typeof limits)[number] | undefined;
}

/** Passes where the actor is refused the call, and allowed the control. @throws Failed, NotJudged, CallError */
export async function refusedCall(
  trial: CallTrial,
  { control, by }: Refused,
): Promise<Passed<z.infer<typeof refusalShape>>> {
  const { actor, table, tried, account, bases, poll } = trial;
  const what = callInWords(tried, table);
  const access = explained(trial, tried);
  const controlled = explained(trial, control);
  const expected = refusalOf(tried, table, actor.principal.arn);
  const allowed = (actual: string) =>
    new Failed(`${actor.name} is allowed ${what}.`, { expected: 'denied', actual, explanation: access });
  const byAnother = (reason: string) =>
    new Failed(`${actor.name} is refused ${what}, but not by its ${by}: ${reason}.`, {
      expected: `refused by its ${by}`,
      actual: reason,
    });
  return byWays(
    bases,
    {
      async observed() {
        const asActor = await ready(trial);
        const last = await settled(
          () =>
            tryAccess({
              attempt: () => makeCall(asActor, table, tried),
              control: () => makeCall(asActor, table, control),
              expected,
            }),
          poll,
          async ({ outcome }) =>
            (outcome === 'allowed' && isDenied(access)) ||
            (outcome === 'denied as expected' && isAllowed(access)) ||
            (outcome === 'denied for another reason' && isAllowed(controlled)),
        );
        if (last.outcome === 'allowed') {
          if (isDenied(access))
            throw new AtOdds(
              `${actor.name} is still allowed ${what}, although its policies do not allow it.`,
              spreading,
            );
          throw allowed('allowed');
        }
        if (last.outcome !== 'denied as expected') {
          throw unclear(last, `The refusal of ${what} cannot be credited to the policies of ${actor.name}`);
        }
        if (isAllowed(access)) {
          throw new AtOdds(
            `${actor.name} is still refused ${what}, although its policies allow it.`,
            spreading,
          );
        }
        const { reason, call, code } = last.refusal;
        if (by !== undefined && !reason.includes(by)) {
          if (!limits.some((one) => reason.includes(one))) {
            throw new NotJudged(
              `The refusal of ${what} does not say what withholds it: ${last.refusal.text}`,
            );
          }
          throw byAnother(reason);
        }
        return {
          message: `${actor.name} is refused ${what}: ${reason} (${call}: ${code}).`,
          outputs: refusalRecord(last.refusal),
        };
      },
      history: () => notOnRecord(account),
      async reasoned() {
        const { decision } = access;
        if (decision.effect === 'undecided')
          throw undecidedAccess(`Whether ${actor.name} is allowed ${what}`, access);
        if (decision.effect === 'allowed') throw allowed('allowed');
        if (!isAllowed(controlled)) {
          throw new NotJudged(
            `${actor.name} is not allowed ${callInWords(control, table)} either, so that the refusal says nothing.`,
          );
        }
        const reason = denialReason(decision, tried.call);
        if (by !== undefined && !reason.includes(by)) throw byAnother(reason);
        return {
          message: `The policies of ${actor.name} do not allow ${what}, ${reason}.`,
          outputs: refusalRecord({ ...expected, call: '', code: '', reason, text: '' }),
        };
      },
    },
    `Whether ${actor.name} is refused ${what}`,
  );
}

function explained({ table, actor, account }: CallTrial, call: TableCall): Explanation {
  return explainAccess(requestOf(call, table, actor, account), actor.policies);
}

function isAllowed({ decision }: Explanation): boolean {
  return decision.effect === 'allowed';
}

function isDenied({ decision: { effect } }: Explanation): boolean {
  return effect === 'implicitDeny' || effect === 'explicitDeny';
}

/** The owner must not be the one who is tried. */
async function ready({ account, actor, act }: CallTrial): ReturnType<CallTrial['act']> {
  if (account.arn === actor.principal.arn) {
    throw new NotJudged(
      `You are checking as ${actor.name}, the user whose access is tried.`,
      'Check with your own credentials.',
    );
  }
  return act();
}

/** Reads and writes of items are data events, which the event history leaves out ("Viewing CloudTrail events"). */
async function notOnRecord({ region }: Account<never>): Promise<never> {
  throw new NotJudged(
    `CloudTrail's event history of ${region} holds no calls on the items of tables.`,
    'Run again with `--probe key`, or with `--probe reason` where the lab accepts it.',
  );
}
