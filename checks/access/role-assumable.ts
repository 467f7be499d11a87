import { z } from 'zod';
import type { Account } from '../account.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { type ProbeOutcome, probe, refusalInWords } from './experiment.ts';
import { readAssumption, roleHistoryCalls } from './role-history.ts';
import { type RoleTrust, readRoleTrust, roleTrustCalls, roleTrustParams } from './role-trust.ts';
import { trialSessionName } from './session.ts';
import { settled } from './table-read.ts';
import { undecidedAccess } from './undecided-access.ts';
import { byWays, unclear } from './ways.ts';

/** An external id that nobody's lab has. */
const wrongId = 'labwright-tries-a-wrong-id';

/** What is tried, in the order in which it is told: with the lab's external id, with none, with a wrong one, and with a near one. */
const attempts = ['right', 'none', 'wrong', 'near'] as const;
type Attempt = (typeof attempts)[number];

export const roleAssumable = defineCheck({
  id: 'access/role-assumable',
  title: 'The user may assume the role with the external id, and not without it',
  calls: [...roleTrustCalls, ...roleHistoryCalls],
  probes: ['sts:AssumeRole'],
  params: roleTrustParams,
  outputs: z.object({ role: z.string(), arn: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, role, externalId } = params;
    const trust = await readRoleTrust(account, params);
    const ids: Record<Attempt, string | undefined> = {
      right: externalId,
      none: undefined,
      wrong: wrongId,
      near: neighbour(externalId),
    };
    const decisions = new Map(attempts.map((attempt) => [attempt, trust.decide(ids[attempt])]));
    const policiesSay = (attempt: Attempt) => decisions.get(attempt)?.effect;
    const outputs = { role, arn: trust.roleArn };

    const ways = {
      async observed() {
        if (account.arn === trust.actor.principal.arn) {
          throw new NotJudged(
            `You are checking as ${user}, the user whose access is tried.`,
            'Check with your own credentials.',
          );
        }
        const asUser = await actAs(user);
        const last = await settled(
          async () => {
            const seen = await Promise.all(attempts.map((one) => assume(asUser, trust, ids[one])));
            return { outcome: seen.map(({ outcome }) => outcome).join(', '), seen };
          },
          poll,
          async ({ seen }) => attempts.some((one, at) => isAtOdds(seen[at], policiesSay(one))),
        );
        for (const [at, attempt] of attempts.entries()) {
          const seen = last.seen[at];
          if (!seen) continue;
          if (seen.outcome === 'inconclusive' || seen.outcome === 'denied for another reason') {
            throw unclear(seen, `Whether ${user} may assume ${role} cannot be told`);
          }
          if (isAtOdds(seen, policiesSay(attempt))) {
            throw new AtOdds(
              `${user} ${seen.outcome === 'allowed' ? 'still may' : 'still may not'} assume ${role} ${inWords[attempt]}, although the policies say otherwise.`,
              'Changes of roles take seconds, at times minutes, to work everywhere. Wait, and run again.',
            );
          }
          const actual = seen.outcome === 'allowed' ? 'allowed' : refusalInWords(seen.refusal);
          refuse(trust, params, attempt, seen.outcome === 'allowed', actual);
        }
        return {
          message: `${user} assumes ${role} with the external id, and is refused without it and with another.`,
          outputs,
        };
      },
      async history() {
        const open = attempts.some((one) => policiesSay(one) === 'undecided');
        const fits = attempts.every((one) => (policiesSay(one) === 'allowed') === (one === 'right'));
        const assumption = fits && !open ? await readAssumption(account, trust, externalId) : undefined;
        if (!assumption) {
          throw new NotJudged(
            `CloudTrail has no assumption of ${role} by ${user} with the external id on record that shows what it takes.`,
            `Assume the role as ${user}, wait a quarter of an hour, and run again with \`--probe history\`.`,
          );
        }
        return {
          message: `CloudTrail recorded ${assumption.at}: ${user} assumed ${role} with the external id, without which the trust policy lets nobody in.`,
          outputs,
        };
      },
      async reasoned() {
        for (const attempt of attempts) {
          const decision = trust.decide(ids[attempt]);
          if (decision.effect === 'undecided') {
            const because = decision.dependsOn.map((key) => `It depends on ${key}.`);
            const question = `Whether ${user} may assume ${role} ${inWords[attempt]}`;
            throw undecidedAccess(question, { decision, because, remedies: [] });
          }
          refuse(trust, params, attempt, decision.effect === 'allowed', decision.effect);
        }
        return {
          message: `The policies let ${user} assume ${role} with the external id, and not without it.`,
          outputs,
        };
      },
    };
    const passed = await byWays(bases, ways, `Whether ${user} may assume ${role} with the external id alone`);
    refuseOpenings(trust, params);
    return passed;
  },
});

const inWords: Readonly<Record<Attempt, string>> = {
  right: 'with the external id',
  none: 'without an external id',
  wrong: 'with a wrong external id',
  near: 'with an external id that differs in the last character',
};

/** An external id that a wildcard for the end of the right one would take. */
function neighbour(externalId: string): string {
  return `${externalId.slice(0, -1)}${externalId.endsWith('0') ? '1' : '0'}`;
}

/** What was tried is one user with a few ids; whom else the trust policy lets in is read off it. @throws Failed */
function refuseOpenings(
  { openings, actor }: RoleTrust,
  { role, externalId }: z.output<typeof roleTrustParams>,
): void {
  const found = openings(externalId);
  if (found.length === 0) return;
  throw new Failed(
    `The trust policy of ${role} opens it to more than ${actor.name} with the external id: ${found.join('; ')}.`,
    { expected: `${actor.name} or its account, with exactly ${externalId}`, actual: found },
  );
}

/** @throws Failed where what was found of an attempt is not as it should be */
function refuse(
  { decide, whyRefused, actor }: RoleTrust,
  { role, externalId }: z.output<typeof roleTrustParams>,
  attempt: Attempt,
  allowed: boolean,
  actual: string,
): void {
  if (allowed === (attempt === 'right')) return;
  const decision = decide(externalId);
  const because =
    attempt === 'right'
      ? whyRefused(externalId)
      : [`The trust policy does not hold the caller to ${externalId}.`];
  throw new Failed(
    attempt === 'right'
      ? `${actor.name} may not assume ${role} with the external id ${externalId}.`
      : `${actor.name} may assume ${role} ${inWords[attempt]}.`,
    {
      expected: attempt === 'right' ? 'allowed' : 'refused',
      actual,
      explanation: { decision, because, remedies: [] },
    },
  );
}

function isAtOdds(
  seen: ProbeOutcome<unknown> | undefined,
  said: ReturnType<RoleTrust['decide']>['effect'] | undefined,
): boolean {
  if (seen?.outcome === 'allowed') return said === 'implicitDeny' || said === 'explicitDeny';
  return seen?.outcome === 'denied as expected' && said === 'allowed';
}

/** A session that nobody uses, and that could not do anything. */
const nothing = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

function assume(
  asUser: Account<'sts:AssumeRole'>,
  { roleArn, actor }: RoleTrust,
  externalId: string | undefined,
): Promise<ProbeOutcome<unknown>> {
  const ask = () =>
    asUser.call('sts:AssumeRole', {
      RoleArn: roleArn,
      RoleSessionName: trialSessionName,
      DurationSeconds: 900,
      Policy: nothing,
      ...(externalId !== undefined && { ExternalId: externalId }),
    });
  return probe(ask, { principal: actor.principal.arn, action: 'sts:AssumeRole', resource: roleArn });
}
