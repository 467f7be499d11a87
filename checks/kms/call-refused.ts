import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { NotJudged } from '../not-judged.ts';
import { keyRefusalCalls, readKeyRefusals } from './key-refusals.ts';

/**
 * A refused call leaves nothing behind but its record in CloudTrail, which comes minutes later. So only the record passes, and
 * that it is missing fails nobody.
 */
export const callRefused = defineCheck({
  id: 'kms/call-refused',
  title: 'A call that the key is not made for was tried, and refused for that reason',
  calls: ['kms:DescribeKey', ...keyRefusalCalls],
  basis: 'history',
  params: z.strictObject({
    key: z.string().describe('Alias, id or ARN of the key.'),
    anyOf: z
      .array(
        z.strictObject({
          operation: z.string().describe('The operation of KMS: `Encrypt`.'),
          code: z.string().describe('The error code that says why: `InvalidKeyUsageException`.'),
        }),
      )
      .min(1)
      .describe('The refusals of which one must be on record.'),
  }),
  outputs: z.object({ operation: z.string(), code: z.string(), at: z.string(), eventId: z.string() }),
  async run({ params, account, found }) {
    const { key, anyOf } = params;
    const { KeyMetadata } = await found(
      account.call('kms:DescribeKey', { KeyId: key }),
      `There is no key ${key} in ${account.region}.`,
    );
    if (!KeyMetadata?.Arn || !KeyMetadata.KeyId) throw new Error('DescribeKey answered without KeyMetadata.');
    const target = { arn: KeyMetadata.Arn, id: KeyMetadata.KeyId };
    for (const { operation, code } of anyOf) {
      const [refusal] = await readKeyRefusals(account, { operation, code, key: target });
      if (!refusal) continue;
      const { at, eventId } = refusal;
      return {
        message: `CloudTrail recorded ${at}: ${operation} with the key ${target.id} was refused with ${code}.`,
        outputs: { operation, code, at, eventId },
      };
    }
    const wanted = anyOf.map(({ operation, code }) => `${operation} (${code})`).join(' or ');
    throw new NotJudged(
      `CloudTrail has no refused ${wanted} with the key ${target.id} on record yet.`,
      'If you have tried it in the last minutes, wait a quarter of an hour, and check again.',
    );
  },
});
