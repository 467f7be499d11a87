import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { Account } from '../account.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { onlyDryRun } from '../kms/harmless-sign.ts';
import { publicKeyCalls, readPublicKey } from '../kms/public-key.ts';
import { isSignatureBy } from '../kms/signature-of-item.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { itemCalls, itemParams, readItem, signedIn } from '../signatures/signed-item.ts';
import { digestOf, type SignedBytes } from '../signatures/verify-signature.ts';
import { refusalInWords, refusalRecord, refusalShape, tryAccess } from './experiment.ts';
import { isAllowed, isDenied, readSigningAccess, signingAccessCalls } from './signing-access.ts';
import { readSigningUses, signingHistoryCalls } from './signing-history.ts';
import { settled } from './table-read.ts';
import { undecidedAccess } from './undecided-access.ts';
import { byWays, unclear } from './ways.ts';

/**
 * A pair of trials, each the control of the other: the user verifies a signature that is valid, and is refused to sign. Signing
 * is tried as a dry run, so that not even a user who may sign makes a signature.
 */
export const mayVerifyNotSign = defineCheck({
  id: 'access/may-verify-not-sign',
  title: 'The user verifies signatures with the key, and is refused kms:Sign',
  calls: [...itemCalls, ...publicKeyCalls, ...signingAccessCalls, ...signingHistoryCalls],
  probes: ['kms:Sign', 'kms:Verify', 'sts:GetCallerIdentity'],
  params: z.strictObject({
    ...itemParams,
    user: z.string().describe('Name of the IAM user whose access is tried.'),
    key: z.string().describe('ARN of the key.'),
  }),
  outputs: refusalShape,
  async run({ params, account, actAs, bases, poll }) {
    const { user, id } = params;
    const [item, key] = await Promise.all([readItem(account, params), readPublicKey(account, params.key)]);
    const signed = signedIn(item, id);
    if (!(await isSignatureBy(key, signed, id))) {
      throw new Failed(
        `The signature in item ${id} is not valid, so that ${user} has nothing to verify with the key.`,
      );
    }
    const given = await kmsInput(signed, key.arn);
    const { algorithm } = signed;
    const asked = { user, keyArn: key.arn, algorithm, messageType: given.MessageType };
    const access = await readSigningAccess(account, asked);
    const expectedOf = (action: string) => ({ principal: access.userArn, action, resource: key.arn });

    const ways = {
      async observed() {
        if (account.arn === access.userArn) {
          throw new NotJudged(
            `You are checking as ${user}, the user whose access is tried.`,
            'Check with your own credentials.',
          );
        }
        const asUser = await actAs(user);
        const verify = () => asUser.call('kms:Verify', { ...given, Signature: signed.signature });
        const whoami = () => asUser.call('sts:GetCallerIdentity', {});
        const verified = await settled(
          () => tryAccess({ attempt: verify, control: whoami, expected: expectedOf('kms:Verify') }),
          poll,
          async ({ outcome }) => isAtOdds(outcome, access.verify),
        );
        if (verified.outcome === 'denied as expected') {
          if (isAllowed(access.verify)) throw lagging(`${user} is still refused kms:Verify`, 'allow it');
          throw cannotVerify(user, access.verify, refusalInWords(verified.refusal));
        }
        if (verified.outcome !== 'allowed')
          throw unclear(verified, `Whether ${user} may verify cannot be told`);

        const tried = await settled(
          () =>
            tryAccess({
              attempt: () => trySigning(asUser, given),
              control: verify,
              expected: expectedOf('kms:Sign'),
            }),
          poll,
          async ({ outcome }) => isAtOdds(outcome, access.sign),
        );
        if (tried.outcome === 'allowed') {
          if (isDenied(access.sign)) throw lagging(`${user} may still sign`, 'do not allow it');
          throw canSign(user, access.sign);
        }
        if (tried.outcome !== 'denied as expected') {
          throw unclear(tried, `The refusal to sign cannot be credited to the permissions of ${user}`);
        }
        if (isAllowed(access.sign)) throw lagging(`${user} is still refused kms:Sign`, 'allow it');
        if (isDenied(access.verify)) throw lagging(`${user} may still verify`, 'do not allow it');
        const { reason, call, code } = tried.refusal;
        return {
          message: `${user} verifies the signature of item ${id} with KMS, and is refused kms:Sign: ${reason} (${call}: ${code}).`,
          outputs: refusalRecord(tried.refusal),
        };
      },
      async history() {
        const signer = { userName: user, userArn: access.userArn, userId: access.userId, keyArn: key.arn };
        const uses = await readSigningUses(account, signer);
        const newest = (operation: string) => uses.find((use) => use.operation === operation);
        const [verified, tried] = [newest('Verify'), newest('Sign')];
        const shown = verified && verified.refused === undefined && tried?.refused !== undefined;
        // What has changed since then is not shown by what was recorded.
        if (!shown || !isAllowed(access.verify) || !isDenied(access.sign)) {
          throw new NotJudged(
            `CloudTrail has not both on record: that ${user} verified with the key, and that it was refused to sign.`,
            `If you have tried both as ${user} in the last minutes, wait a quarter of an hour, and run again with \`--probe history\`.`,
          );
        }
        const reason = tried.refused ?? '';
        return {
          message: `CloudTrail recorded that ${user} verified with the key (${verified.at}), and was refused kms:Sign (${tried.at}): ${reason}.`,
          outputs: refusalRecord({
            ...expectedOf('kms:Sign'),
            call: 'kms:Sign',
            code: 'AccessDenied',
            reason,
            text: '',
          }),
        };
      },
      async reasoned() {
        const open = [access.verify, access.sign].find(({ decision }) => decision.effect === 'undecided');
        if (open) {
          const advice = 'A live try settles it: run again with `--probe key`.';
          throw undecidedAccess(`Whether ${user} may verify, and not sign`, open, advice);
        }
        if (isDenied(access.verify)) throw cannotVerify(user, access.verify, 'denied');
        const { decision } = access.sign;
        if (decision.effect !== 'implicitDeny' && decision.effect !== 'explicitDeny') {
          throw canSign(user, access.sign);
        }
        const reason = denialReason(decision, 'kms:Sign');
        return {
          message: `${user} may use the key to verify, and may not sign with it, ${reason}.`,
          outputs: refusalRecord({ ...expectedOf('kms:Sign'), call: '', code: '', reason, text: '' }),
        };
      },
    };
    return byWays(bases, ways, `Whether ${user} may verify, and not sign`);
  },
});

type Given = Awaited<ReturnType<typeof kmsInput>>;

/** KMS takes up to 4,096 bytes of a message, and of a longer one its digest ("Sign", KMS API reference). */
async function kmsInput({ message, algorithm }: SignedBytes, KeyId: string) {
  const isLong = message.length > 4096;
  return {
    KeyId,
    Message: isLong ? await digestOf(message, algorithm) : message,
    MessageType: isLong ? ('DIGEST' as const) : ('RAW' as const),
    SigningAlgorithm: algorithm as 'ECDSA_SHA_256',
  };
}

/** Whether the caller may sign; nothing is signed. */
async function trySigning(asUser: Account<'kms:Sign'>, given: Given): Promise<'would be signed'> {
  try {
    await asUser.call('kms:Sign', { ...given, DryRun: true });
  } catch (error) {
    if (!onlyDryRun(error)) throw error;
  }
  return 'would be signed';
}

function isAtOdds(outcome: string, access: Explanation): boolean {
  return (
    (outcome === 'allowed' && isDenied(access)) || (outcome === 'denied as expected' && isAllowed(access))
  );
}

function lagging(what: string, policies: string): AtOdds {
  return new AtOdds(
    `${what}, although the policies ${policies}.`,
    'New permissions take seconds, at times minutes, to work everywhere. Wait, and run again.',
  );
}

function cannotVerify(user: string, explanation: Explanation, actual: string): Failed {
  return new Failed(`${user} may not verify with the key.`, {
    expected: 'allowed kms:Verify',
    actual,
    explanation,
  });
}

function canSign(user: string, explanation: Explanation): Failed {
  return new Failed(`${user} may sign with the key, and not only verify.`, {
    expected: 'denied kms:Sign',
    actual: 'allowed',
    explanation,
  });
}
