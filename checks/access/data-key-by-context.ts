import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import type { Account } from '../account.ts';
import { defineCheck } from '../check.ts';
import { decryptCalls, opensWith, withDataKey } from '../envelope/decrypt-data-key.ts';
import {
  contextInWords,
  contextParam,
  type EncryptionContext,
  envelopeCalls,
  itemParams,
  readEnvelope,
} from '../envelope/read-envelope.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { type ProbeOutcome, tryAccess } from './experiment.ts';
import { type KeyAccess, keyAccessCalls, readKeyAccessFor, undecidedKeyAccess } from './key-access.ts';
import { directWith } from './request-context.ts';
import { settled } from './table-read.ts';
import { byWays, unclear } from './ways.ts';

/**
 * A grant with constraints, tried: the same data key, with its encryption context and with others. Permission comes
 * before cryptography: a caller who may not use the key with a context is told AccessDeniedException, and one who may,
 * but whose context does not fit, InvalidCiphertextException ("Decrypt", KMS API reference; inferred: the order).
 * CloudTrail cannot tell: records of refused calls do not hold the context.
 */
export const dataKeyByContext = defineCheck({
  id: 'access/data-key-by-context',
  title: 'The user opens the data key with its encryption context, and may not even try another',
  calls: [...envelopeCalls, ...decryptCalls, ...keyAccessCalls],
  probes: ['kms:Decrypt', 'sts:GetCallerIdentity'],
  params: z.strictObject({
    ...itemParams,
    user: z.string().describe('Name of the IAM user whose access is tried.'),
    key: z.string().describe('ARN of the KMS key that the data key is encrypted under.'),
    context: contextParam,
  }),
  outputs: z.object({ way: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, key, id, context } = params;
    const { envelope } = await readEnvelope(account, params);
    const { dataKey: ciphertext } = envelope;
    const keyArn = await withDataKey(
      account,
      { id, ciphertext, context },
      { name: 'which-key', given: null, make: ({ KeyId = '' }) => KeyId },
    );
    if (keyArn !== key) {
      throw new Failed(
        `The data key of item ${id} is not encrypted under this key, so who may use it does not matter.`,
        { expected: key, actual: keyArn },
      );
    }
    const accessWith = (one: EncryptionContext) => readKeyAccessFor(account, { user, key }, directWith(one));
    const wrong = wrongContexts(context);
    const right = await accessWith(context);
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
        const open = (one: EncryptionContext) => () => openAs(asUser, { ciphertext, context: one, key });
        const expected = { principal: asUser.arn, action: 'kms:Decrypt', resource: key };
        const outcome = await settled(
          () =>
            tryAccess({
              attempt: open(context),
              control: () => asUser.call('sts:GetCallerIdentity', {}),
              expected,
            }),
          poll,
          async (seen) => isAtOdds(seen, right),
        );
        if (outcome.outcome === 'denied as expected') throw refused(user, words, right);
        if (outcome.outcome !== 'allowed')
          throw unclear(outcome, `Whether ${user} may open the data key cannot be told`);
        if (right.allowed === false) throw lingering(user, words);
        for (const one of wrong) {
          const access = await accessWith(one);
          const seen = await settled(
            () => tryAccess({ attempt: open(one), control: open(context), expected }),
            poll,
            async (tried) => isAtOdds(tried, access),
          );
          if (seen.outcome === 'denied as expected') continue;
          if (seen.outcome !== 'allowed')
            throw unclear(seen, `Whether ${user} may use the key with another context cannot be told`);
          if (access.allowed === false) throw lingering(user, contextInWords(one));
          throw letIn(user, one, context, access);
        }
        return {
          message: `${user} opens the data key of item ${id} with ${words}, and is refused kms:Decrypt with ${list(wrong)} (AccessDeniedException).`,
          outputs,
        };
      },
      async reasoned() {
        if (right.allowed === undefined) throw undecidedKeyAccess(user, right);
        if (!right.allowed) throw refused(user, words, right);
        for (const one of wrong) {
          const access = await accessWith(one);
          if (access.allowed === undefined) throw undecidedKeyAccess(user, access);
          if (access.allowed) throw letIn(user, one, context, access);
        }
        return {
          message: `${user} may use the key with ${words} through ${outputs.way}, and not with ${list(wrong)}.`,
          outputs,
        };
      },
    };
    return byWays(bases, ways, `Whether the key lets ${user} in with one context only`);
  },
});

/** None at all, and the right one with one value changed, each in its turn. */
function wrongContexts(context: EncryptionContext): EncryptionContext[] {
  const changed = Object.keys(context).map((name) => ({ ...context, [name]: `not ${context[name]}` }));
  return [{}, ...changed];
}

/** Whether the caller was let in; that the context then does not fit the data key is another matter. */
async function openAs(
  asUser: Account<'kms:Decrypt'>,
  { ciphertext, context, key }: { ciphertext: Uint8Array; context: EncryptionContext; key: string },
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

function letIn(
  user: string,
  wrong: EncryptionContext,
  context: EncryptionContext,
  access: KeyAccess,
): Failed {
  const through = access.allowed ? `, through ${access.way}` : '';
  return new Failed(`${user} may use the key with ${contextInWords(wrong)} as well${through}.`, {
    expected: `kms:Decrypt with ${contextInWords(context)} only`,
    actual: `allowed with ${contextInWords(wrong)}`,
    explanation: access.explanation,
  });
}

function lingering(user: string, words: string): AtOdds {
  return new AtOdds(
    `${user} may use the key with ${words}, although no policy and no grant allows it.`,
    'What was revoked counts for a while. Wait some minutes, and run again.',
  );
}

/** Each in quotes: contexts have commas themselves. */
function list(contexts: readonly EncryptionContext[]): string {
  return contexts
    .map((one) => (Object.keys(one).length === 0 ? 'no context' : `"${contextInWords(one)}"`))
    .join(', ');
}
