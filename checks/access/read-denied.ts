import { denialReason } from '../../policy/explain.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import { refusalRecord, refusalShape } from './experiment.ts';
import {
  keyAccessBeforeGrant,
  keyAccessCalls,
  readKeyAccess,
  readKeyPolicies,
  undecidedKeyAccess,
} from './key-access.ts';
import { keyHistoryCalls, readKeyUses } from './key-history.ts';
import {
  expectedDenial,
  prepareRead,
  reachesTable,
  readScene,
  settled,
  tableReadCalls,
  tableReadParams,
  tableReadProbes,
} from './table-read.ts';
import { byWays, unclear } from './ways.ts';

export const readDenied = defineCheck({
  id: 'access/read-denied',
  title: 'The user is refused the items, for want of kms:Decrypt',
  calls: [...tableReadCalls, ...keyAccessCalls, ...keyHistoryCalls],
  alsoNeeds: ['kms:Decrypt'],
  probes: tableReadProbes,
  params: tableReadParams,
  outputs: refusalShape,
  async run({ params, account, actAs, bases, poll }) {
    const { user, table } = params;
    const scene = await readScene(account, poll, params);
    const target = { user, table, key: scene.keyArn };
    const expected = expectedDenial(scene);

    const ways = {
      async observed() {
        const readAsUser = await prepareRead({ scene, account, actAs });
        const last = await settled(readAsUser, poll, async ({ outcome }) => {
          // No policy lets the user in, so AWS is still spreading that, or remembers the key (see below).
          if (outcome === 'allowed') return (await readKeyAccess(account, target)).allowed === false;
          return outcome === 'denied for another reason' && reachesTable(account, scene);
        });
        if (last.outcome === 'denied as expected') {
          const { call, code, reason } = last.refusal;
          return {
            message: `${user} scans ${table} and is refused kms:Decrypt: ${reason} (${call}: ${code}).`,
            outputs: refusalRecord(last.refusal),
          };
        }
        if (last.outcome !== 'allowed') throw unclear(last, 'The refusal cannot be credited to the key');
        const access = await readKeyAccess(account, target);
        if (access.allowed !== false) {
          const through = access.allowed ? `, through ${access.way}` : '';
          throw new Failed(`${user} can read ${table}${through}.`, {
            expected: 'denied kms:Decrypt',
            actual: 'allowed',
            explanation: access.explanation,
          });
        }
        // DynamoDB keeps a caller's table key for about five minutes ("How DynamoDB uses AWS KMS", usage notes).
        throw new AtOdds(
          `${user} can read ${table}, although no policy and no grant lets it use the key.`,
          'DynamoDB remembers for about five minutes that a user was let in. Wait, and run again.',
        );
      },
      async history() {
        const uses = await readKeyUses(account, scene);
        const refusal = uses.find(({ refused }) => refused !== undefined);
        if (!refusal) {
          throw new NotJudged(
            `CloudTrail has no refusal of ${user} on record.`,
            `If ${user} was refused in the last minutes, wait a quarter of an hour, and run again with \`--probe history\`.`,
          );
        }
        const reason = refusal.refused ?? '';
        const recorded = { reason, requestId: refusal.requestId };
        return {
          message: `CloudTrail recorded ${refusal.at}: ${user} was refused kms:Decrypt through DynamoDB: ${reason}.`,
          outputs: refusalRecord({
            ...expected,
            call: 'kms:Decrypt',
            code: 'AccessDenied',
            text: '',
            ...recorded,
          }),
        };
      },
      async reasoned() {
        const before = keyAccessBeforeGrant(await readKeyPolicies(account, target));
        if (before.allowed === undefined) throw undecidedKeyAccess(user, before);
        if (before.allowed) {
          throw new Failed(`${user} may use the key through ${before.way}.`, {
            expected: 'no way to kms:Decrypt',
            actual: `allowed by ${before.way}`,
            explanation: before.explanation,
          });
        }
        return {
          message: `Unless the key itself lets it in, ${user} cannot use the key: none of its own policies allows kms:Decrypt.`,
          outputs: refusalRecord({
            ...expected,
            call: '',
            code: '',
            reason: denialReason(before.denial, 'kms:Decrypt'),
            text: '',
          }),
        };
      },
    };
    return byWays(bases, ways, `Whether the key keeps ${user} out`);
  },
});
