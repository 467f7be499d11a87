import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const rotationEnabled = defineCheck({
  id: 'kms/rotation-enabled',
  title: 'The key rotates by itself, and often enough',
  calls: ['kms:GetKeyRotationStatus'],
  params: z.strictObject({
    // GetKeyRotationStatus takes no alias (KMS API reference).
    key: z.string().describe('Id or ARN of the key.'),
    atMostDays: z
      .number()
      .int()
      .min(90)
      .max(2560)
      .default(365)
      .describe('The longest rotation period that will do, in days; KMS takes 90 to 2560.'),
  }),
  outputs: z.object({ periodInDays: z.number(), nextRotation: z.string() }),
  async run({ params, account, expect, found }) {
    const { key, atMostDays } = params;
    const name = `The key ${key.split('/').at(-1)}`;
    const status = await found(
      account.call('kms:GetKeyRotationStatus', { KeyId: key }),
      `There is no key ${key} in ${account.region}.`,
    );
    // Also off while the key is pending deletion, and on again if that is cancelled (KMS API reference, GetKeyRotationStatus).
    expect(status.KeyRotationEnabled, `${name} does not rotate by itself.`).to.equal(true);
    // Keys whose rotation was switched on before the period could be chosen rotate every 365 days (same page).
    const days = status.RotationPeriodInDays ?? 365;
    expect(days, `${name} rotates every ${days} days.`).to.be.at.most(atMostDays);
    const nextRotation = status.NextRotationDate?.toISOString() ?? '';
    const next = nextRotation === '' ? '' : `, next on ${nextRotation.slice(0, 10)}`;
    return {
      message: `${name} rotates every ${days} days${next}.`,
      outputs: { periodInDays: days, nextRotation },
    };
  },
});
