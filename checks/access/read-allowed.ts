import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { prepareTableRead, tableReadCalls, tableReadParams, tableReadProbes } from './table-read.ts';

export const readAllowed = defineCheck({
  id: 'access/read-allowed',
  title: 'The user reads the items',
  calls: tableReadCalls,
  probes: tableReadProbes,
  params: tableReadParams,
  outputs: z.object({ items: z.number() }),
  async run({ params, account, actAs }) {
    const { user, table } = params;
    const readAsUser = await prepareTableRead({ account, actAs, ...params });
    const seen = await readAsUser();
    switch (seen.outcome) {
      case 'allowed': {
        const items = seen.answer.Count ?? 0;
        return {
          message: `${user} scans ${table} and sees ${items} item${items === 1 ? '' : 's'}.`,
          outputs: { items },
        };
      }
      case 'denied as expected':
        throw new Failed(`${user} scans ${table} and is refused kms:Decrypt: ${seen.reason}.`, {
          expected: 'allowed',
          actual: 'denied kms:Decrypt',
        });
      case 'denied for another reason':
      case 'inconclusive':
        throw new NotJudged(`Whether the key lets ${user} in cannot be told: ${seen.why}.`);
    }
  },
});
