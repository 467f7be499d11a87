import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { keyAccessCalls, readKeyAccess } from './key-access.ts';
import { keyArn, prepareTableRead, tableReadCalls, tableReadParams, tableReadProbes } from './table-read.ts';

export const readDenied = defineCheck({
  id: 'access/read-denied',
  title: 'The user is refused the items, for want of kms:Decrypt',
  calls: [...tableReadCalls, ...keyAccessCalls],
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
      case 'allowed': {
        const access = await readKeyAccess(account, { user, table, key: await keyArn(account, params.key) });
        // DynamoDB keeps a caller's table key for about five minutes ("How DynamoDB uses AWS KMS", usage notes).
        if (!access.allowed) {
          throw new NotJudged(
            `${user} can read ${table}, although no policy and no grant lets it use the key.`,
            'DynamoDB remembers for about five minutes that a user was let in. Wait, and run again.',
          );
        }
        throw new Failed(`${user} can read ${table}, through ${access.way}.`, {
          expected: 'denied kms:Decrypt',
          actual: 'allowed',
        });
      }
      case 'denied for another reason':
      case 'inconclusive':
        throw new NotJudged(`The refusal cannot be credited to the key: ${seen.why}.`);
    }
  },
});
