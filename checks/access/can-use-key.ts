import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { keyAccessCalls, keyAccessParams, readKeyAccess, undecidedKeyAccess } from './key-access.ts';

export const canUseKey = defineCheck({
  id: 'access/can-use-key',
  title: 'A key policy, an IAM policy or a grant lets the user use the key',
  calls: keyAccessCalls,
  basis: 'reasoned',
  params: keyAccessParams,
  outputs: z.object({ way: z.string() }),
  async run({ params, account }) {
    const { user } = params;
    const access = await readKeyAccess(account, params);
    if (access.allowed === undefined) throw undecidedKeyAccess(user, access);
    if (!access.allowed) {
      throw new Failed(`${user} may not use the key ${denialReason(access.denial, 'kms:Decrypt')}.`, {
        expected: 'allowed kms:Decrypt',
        actual: 'denied',
        explanation: access.explanation,
      });
    }
    if (access.blanket) {
      throw new Failed(
        `${user} may use the key, but through ${access.way}, which allows everything there is.`,
        {
          expected: 'access to this key',
          actual: 'access to everything',
        },
      );
    }
    return { message: `${user} may use the key through ${access.way}.`, outputs: { way: access.way } };
  },
});
