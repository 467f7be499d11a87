import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { keyAccessCalls, keyAccessParams, readKeyAccess } from './key-access.ts';

export const cannotUseKey = defineCheck({
  id: 'access/cannot-use-key',
  title: 'No policy and no grant lets the user use the key',
  calls: keyAccessCalls,
  basis: 'reasoned',
  params: keyAccessParams,
  outputs: z.object({}),
  async run({ params, account }) {
    const { user } = params;
    const access = await readKeyAccess(account, params);
    if (access.allowed) {
      throw new Failed(`${user} may use the key through ${access.way}.`, {
        expected: 'no way to kms:Decrypt',
        actual: `allowed by ${access.way}`,
      });
    }
    const reason = denialReason(access.denial, 'kms:Decrypt');
    return { message: `${user} cannot use the key, ${reason}.`, outputs: {} };
  },
});
