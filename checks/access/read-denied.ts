import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { prepareTableRead, tableReadCalls, tableReadParams, tableReadProbes } from './table-read.ts';

export const readDenied = defineCheck({
  id: 'access/read-denied',
  title: 'The user is refused the items, for want of kms:Decrypt',
  calls: tableReadCalls,
  probes: tableReadProbes,
  params: tableReadParams,
  outputs: z.object({ reason: z.string() }),
  async run({ params, account, actAs }) {
    const { user, table } = params;
    const readAsUser = await prepareTableRead({ account, actAs, ...params });
    const seen = await readAsUser();
    switch (seen.outcome) {
      case 'denied as expected':
        return {
          message: `${user} scans ${table} and is refused kms:Decrypt: ${seen.reason}.`,
          outputs: { reason: seen.reason },
        };
      case 'allowed':
        throw new Failed(`${user} can read ${table}.`, { expected: 'denied kms:Decrypt', actual: 'allowed' });
      case 'denied for another reason':
      case 'inconclusive':
        throw new NotJudged(`The refusal cannot be credited to the key: ${seen.why}.`);
    }
  },
});
