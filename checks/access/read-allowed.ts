import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';
import { keyAccessCalls, readKeyAccess } from './key-access.ts';
import { keyArn, prepareTableRead, tableReadCalls, tableReadParams, tableReadProbes } from './table-read.ts';

export const readAllowed = defineCheck({
  id: 'access/read-allowed',
  title: 'The user reads the items',
  calls: [...tableReadCalls, ...keyAccessCalls],
  probes: tableReadProbes,
  params: tableReadParams,
  outputs: z.object({ items: z.number() }),
  async run({ params, account, actAs, poll }) {
    const { user, table } = params;
    const readAsUser = await prepareTableRead({ account, actAs, ...params });
    let seen = await readAsUser();
    if (seen.outcome === 'denied as expected') {
      const access = await readKeyAccess(account, { user, table, key: await keyArn(account, params.key) });
      if (access.allowed) {
        // The policies let the user in, so AWS is still spreading them ("usually seconds", KMS developer guide).
        seen = await poll(readAsUser, (outcome) => outcome.outcome !== 'denied as expected');
        if (seen.outcome === 'denied as expected') {
          throw new NotJudged(
            `${user} is still refused kms:Decrypt, although ${access.way} lets it use the key.`,
            'New permissions take seconds, at times minutes, to work everywhere. Wait, and run again.',
          );
        }
      }
    }
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
