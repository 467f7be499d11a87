import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import type { Account } from '../account.ts';
import { defineCheck } from '../check.ts';
import { opensWith } from '../envelope/decrypt-data-key.ts';
import { contextInWords, contextParam, itemParams } from '../envelope/read-envelope.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { type ProbeOutcome, tryAccess } from './experiment.ts';
import { type KeyAccess, keyAccessCalls, readKeyAccessFor, undecidedKeyAccess } from './key-access.ts';
import {
  type Attempt,
  locateCalls,
  locateDataKey,
  type OtherAttempt,
  onOtherItem,
  withContext,
  withOtherContexts,
} from './other-attempts.ts';
import { directWith } from './request-context.ts';
import { settled } from './table-read.ts';
import { byWays, unclear } from './ways.ts';

/**
 * A grant with constraints, tried: the same data key, with its encryption context and with others, and the data keys of
 * other items with theirs, under whatever key those are. Permission comes before cryptography: a caller who may not use the key with a context is told AccessDeniedException, and one who may,
 * but whose context does not fit, InvalidCiphertextException ("Decrypt", KMS API reference; inferred: the order).
 * CloudTrail cannot tell: records of refused calls do not hold the context.
 */
export const dataKeyByContext = defineCheck({
  id: 'access/data-key-by-context',
  title: 'The user opens the data key with its encryption context, and may not even try another',
  calls: [...locateCalls, ...keyAccessCalls],
  probes: ['kms:Decrypt', 'sts:GetCallerIdentity'],
  params: z.strictObject({
    ...itemParams,
    user: z.string().describe('Name of the IAM user whose access is tried.'),
    key: z.string().describe('ARN of the KMS key that the data key is encrypted under.'),
    context: contextParam,
    others: z
      .array(
        z.strictObject({
          id: itemParams.id,
          context: contextParam,
          under: z
            .string()
            .optional()
            .describe(
              'ARN of a KMS key: a data key that is no longer encrypted under it is not tried, only its context.',
            ),
        }),
      )
      .default([])
      .describe(
        'Other items of the table, each with the encryption context of its data key, which the user may not open. With `under`, the ARN of a KMS key, a data key that was moved to another KMS key is left out, and its context tried on the first one.',
      ),
  }),
  outputs: z.object({ way: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, key, id, context, others, table, partitionKey } = params;
    const theirs = await locateDataKey(account, params);
    if (theirs.key !== key) {
      throw new Failed(
        `The data key of item ${id} is not encrypted under this key, so who may use it does not matter.`,
        { expected: key, actual: theirs.key },
      );
    }
    const otherItems = await Promise.all(
      others.map(async ({ under, ...other }) => {
        const located = await locateDataKey(account, { table, partitionKey, ...other });
        return under === undefined || located.key === under
          ? onOtherItem(other.id, located)
          : withContext(theirs, other.context);
      }),
    );
    const accessTo = (one: Attempt) =>
      readKeyAccessFor(account, { user, key: one.key }, directWith(one.context));
    const unwanted = [...withOtherContexts(theirs), ...otherItems];
    const right = await accessTo(theirs);
    const words = contextInWords(context);
    const outputs = { way: right.allowed ? right.way : '' };

    const ways = {
      async observed() {
        const userArn = `arn:${key.split(':')[1]}:iam::${account.id}:user`;
        if (account.arn.startsWith(`${userArn}/`) && account.arn.endsWith(`/${user}`)) {
          throw new NotJudged(
            `You are checking as ${user}, the user whose access is tried.`,
            'Check with your own credentials.',
          );
        }
        const asUser = await actAs(user);
        const open = (one: Attempt) => () => openAs(asUser, one);
        const expectedOn = (resource: string) => ({
          principal: asUser.arn,
          action: 'kms:Decrypt',
          resource,
        });
        const outcome = await settled(
          () =>
            tryAccess({
              attempt: open(theirs),
              control: () => asUser.call('sts:GetCallerIdentity', {}),
              expected: expectedOn(key),
            }),
          poll,
          async (seen) => isAtOdds(seen, right),
        );
        if (outcome.outcome === 'denied as expected') throw refused(user, words, right);
        if (outcome.outcome !== 'allowed')
          throw unclear(outcome, `Whether ${user} may open the data key cannot be told`);
        if (right.allowed === false) throw lingering(`${user} may use the key with ${words}`);
        for (const one of unwanted) {
          const access = await accessTo(one);
          const seen = await settled(
            () => tryAccess({ attempt: open(one), control: open(theirs), expected: expectedOn(one.key) }),
            poll,
            async (tried) => isAtOdds(tried, access),
          );
          if (seen.outcome === 'denied as expected') continue;
          if (seen.outcome !== 'allowed')
            throw unclear(seen, `Whether ${user} may ${one.deed} cannot be told`);
          if (access.allowed === false) throw lingering(`${user} may ${one.deed}`);
          throw letIn(user, one, words, access);
        }
        return {
          message: `${user} opens the data key of item ${id} with ${words}, and is refused kms:Decrypt with ${list(unwanted)} (AccessDeniedException).`,
          outputs,
        };
      },
      async reasoned() {
        if (right.allowed === undefined) throw undecidedKeyAccess(user, right);
        if (!right.allowed) throw refused(user, words, right);
        for (const one of unwanted) {
          const access = await accessTo(one);
          if (access.allowed === undefined) throw undecidedKeyAccess(user, access);
          if (access.allowed) throw letIn(user, one, words, access);
        }
        return {
          message: `${user} may use the key with ${words} through ${outputs.way}, and not with ${list(unwanted)}.`,
          outputs,
        };
      },
    };
    return byWays(bases, ways, `Whether the key lets ${user} in with one context only`);
  },
});

/** Whether the caller was let in; that the context then does not fit the data key is another matter. */
async function openAs(
  asUser: Account<'kms:Decrypt'>,
  { ciphertext, context, key }: Attempt,
): Promise<'let in'> {
  await opensWith(asUser, ciphertext, context, key);
  return 'let in';
}

function isAtOdds({ outcome }: ProbeOutcome<unknown>, { allowed }: KeyAccess): boolean {
  return (
    (outcome === 'allowed' && allowed === false) || (outcome === 'denied as expected' && allowed === true)
  );
}

function refused(user: string, words: string, access: KeyAccess): Error {
  if (access.allowed)
    return new AtOdds(
      `${user} is still refused kms:Decrypt with ${words}, although ${access.way} allows it.`,
      'A new grant takes seconds, at times minutes, to work everywhere. Wait, and run again.',
    );
  if (access.allowed === undefined) return undecidedKeyAccess(user, access);
  return new Failed(
    `${user} may not use the key with ${words} ${denialReason(access.denial, 'kms:Decrypt')}.`,
    { expected: `allowed kms:Decrypt with ${words}`, actual: 'denied', explanation: access.explanation },
  );
}

function letIn(user: string, one: OtherAttempt, words: string, access: KeyAccess): Failed {
  const through = access.allowed ? `, through ${access.way}` : '';
  return new Failed(`${user} may ${one.deed} as well${through}.`, {
    expected: `kms:Decrypt with ${words} only`,
    actual: `allowed with ${contextInWords(one.context)}`,
    explanation: access.explanation,
  });
}

function lingering(what: string): AtOdds {
  return new AtOdds(
    `${what}, although no policy and no grant allows it.`,
    'What was revoked counts for a while. Wait some minutes, and run again.',
  );
}

function list(attempts: readonly OtherAttempt[]): string {
  return attempts.map(({ name }) => name).join(', ');
}
