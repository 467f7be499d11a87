import type { RotationsListEntry } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { NotJudged } from '../not-judged.ts';
import { allPages, kmsMarker } from '../pages.ts';

export const rotatedOnDemand = defineCheck({
  id: 'kms/rotated-on-demand',
  title: 'The key was rotated on demand, and keeps its older key material',
  calls: ['kms:DescribeKey', 'kms:GetKeyRotationStatus', 'kms:ListKeyRotations'],
  params: z.strictObject({ key: z.string().describe('Alias, id or ARN of the key.') }),
  outputs: z.object({ lastRotation: z.string(), materials: z.number() }),
  async run({ params, account, expect, found, poll }) {
    const { key } = params;
    const { KeyMetadata } = await found(
      account.call('kms:DescribeKey', { KeyId: key }),
      `There is no key ${key} in ${account.region}.`,
    );
    // The other two take no alias (KMS API reference).
    const KeyId = KeyMetadata?.Arn;
    if (!KeyId) throw new Error('DescribeKey answered without KeyMetadata.');
    const name = `The key ${KeyMetadata?.KeyId}`;
    const seen = await poll(
      async (ask) => {
        const status = await ask.call('kms:GetKeyRotationStatus', { KeyId });
        const materials = await allPages(
          (Marker) =>
            ask.call('kms:ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL', Marker }),
          (page) => page.Rotations,
          kmsMarker,
        );
        return { status, materials, last: lastOnDemand(materials) };
      },
      ({ status, last }) => last !== undefined || status.OnDemandRotationStartDate === undefined,
    );
    const { status, materials, last } = seen;
    if (last === undefined && status.OnDemandRotationStartDate !== undefined) {
      // "Perform on-demand key rotation", KMS developer guide: it is listed once it is completed.
      throw new NotJudged(`${name} is being rotated at this moment.`, 'Wait a minute, and run again.');
    }
    expect(last, `${name} has never been rotated on demand.`).not.to.equal(undefined);
    const lastRotation = last?.toISOString() ?? '';
    const next = status.NextRotationDate?.toISOString().slice(0, 10);
    return {
      message: `${name} was rotated on demand on ${lastRotation.slice(0, 10)}. Under the same id KMS keeps ${
        materials.length
      } key materials, and decrypts with the one that encrypted${
        next === undefined ? '' : `; the next automatic rotation stays on ${next}`
      }.`,
      outputs: { lastRotation, materials: materials.length },
    };
  },
});

/** In whatever order KMS lists them. */
function lastOnDemand(rotations: readonly RotationsListEntry[]): Date | undefined {
  const dates = rotations.flatMap(({ RotationType, RotationDate }) =>
    RotationType === 'ON_DEMAND' && RotationDate ? [RotationDate] : [],
  );
  return dates.sort((a, b) => a.getTime() - b.getTime()).at(-1);
}
