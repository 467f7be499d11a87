import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import {
  keyAccessBeforeGrant,
  keyAccessCalls,
  keyAccessParams,
  readKeyPolicies,
  undecidedKeyAccess,
} from './key-access.ts';

export const cannotUseKey = defineCheck({
  id: 'access/cannot-use-key',
  title: 'Nothing but the key itself could let the user use it',
  calls: keyAccessCalls,
  basis: 'reasoned',
  params: keyAccessParams,
  outputs: z.object({ reason: z.string() }),
  async run({ params, account }) {
    const { user } = params;
    const access = keyAccessBeforeGrant(await readKeyPolicies(account, params));
    if (access.allowed === undefined) throw undecidedKeyAccess(user, access);
    if (access.allowed) {
      throw new Failed(`${user} may use the key through ${access.way}.`, {
        expected: 'no way to kms:Decrypt',
        actual: `allowed by ${access.way}`,
        explanation: access.explanation,
      });
    }
    const reason = denialReason(access.denial, 'kms:Decrypt');
    return { message: `${user}'s own policies do not let it use the key, ${reason}.`, outputs: { reason } };
  },
});
