import { z } from 'zod';
import { denialReason } from '../../policy/explain.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { refusalInWords } from './experiment.ts';
import { keyAccessCalls, readKeyAccess, undecidedKeyAccess } from './key-access.ts';
import { keyHistoryCalls, readKeyUses } from './key-history.ts';
import {
  prepareRead,
  reachesTable,
  readScene,
  settled,
  tableReadCalls,
  tableReadParams,
  tableReadProbes,
} from './table-read.ts';
import { byWays, unclear } from './ways.ts';

export const readAllowed = defineCheck({
  id: 'access/read-allowed',
  title: 'The user reads the items',
  calls: [...tableReadCalls, ...keyAccessCalls, ...keyHistoryCalls],
  alsoNeeds: ['kms:Decrypt'],
  probes: tableReadProbes,
  params: tableReadParams,
  outputs: z.object({ way: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, table } = params;
    const scene = await readScene(account, poll, params);
    const access = await readKeyAccess(account, { user, table, key: scene.keyArn });
    const outputs = { way: access.allowed ? access.way : '' };

    const ways = {
      async observed() {
        const readAsUser = await prepareRead({ scene, account, actAs });
        const last = await settled(readAsUser, poll, async ({ outcome }) => {
          // What the policies say otherwise AWS is still spreading ("usually seconds", KMS developer guide).
          if (outcome === 'allowed') return access.allowed === false;
          if (outcome === 'denied as expected') return access.allowed !== false;
          return outcome === 'denied for another reason' && reachesTable(account, scene);
        });
        if (last.outcome === 'allowed' && access.allowed === false) {
          // DynamoDB keeps a caller's table key for about five minutes ("How DynamoDB uses AWS KMS", usage notes).
          throw new AtOdds(
            `${user} can read ${table}, although no policy and no grant lets it use the key.`,
            'DynamoDB remembers for about five minutes that a user was let in. Wait, and run again.',
          );
        }
        if (last.outcome === 'allowed') {
          const items = last.answer.Count ?? 0;
          const message = `${user} scans ${table} and sees ${items} item${items === 1 ? '' : 's'}.`;
          return { message, outputs };
        }
        if (last.outcome !== 'denied as expected') {
          throw unclear(last, `Whether the key lets ${user} in cannot be told`);
        }
        if (access.allowed) {
          throw new AtOdds(
            `${user} is still refused kms:Decrypt, although ${access.way} lets it use the key.`,
            'New permissions take seconds, at times minutes, to work everywhere. Wait, and run again.',
          );
        }
        throw new Failed(`${user} scans ${table} and is refused kms:Decrypt: ${last.refusal.reason}.`, {
          expected: 'allowed',
          actual: refusalInWords(last.refusal),
          explanation: access.explanation,
        });
      },
      async history() {
        const [last] = await readKeyUses(account, scene);
        // Who was let in before it was refused, or may not use the key any more, does not show the grant.
        if (!last || last.refused !== undefined || !access.allowed) {
          throw new NotJudged(
            `CloudTrail has no read by ${user} on record that shows it let in.`,
            `Read the table as ${user}, wait a quarter of an hour, and run again with \`--probe history\`.`,
          );
        }
        const message = `CloudTrail recorded ${last.at}: ${user} was let in through DynamoDB; it may use the key through ${access.way}.`;
        return { message, outputs };
      },
      async reasoned() {
        if (access.allowed === undefined) throw undecidedKeyAccess(user, access);
        if (!access.allowed) {
          throw new Failed(`${user} may not use the key ${denialReason(access.denial, 'kms:Decrypt')}.`, {
            expected: 'allowed kms:Decrypt',
            actual: 'denied',
            explanation: access.explanation,
          });
        }
        return {
          message: `${user} may use the key through ${access.way}, so DynamoDB gives it the items.`,
          outputs,
        };
      },
    };
    return byWays(bases, ways, `Whether the key lets ${user} in`);
  },
});
