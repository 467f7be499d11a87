import {
  ListKeyRotations$,
  type ListKeyRotationsRequest,
  type ListKeyRotationsResponse,
  type RotationsListEntry,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { KmsKey } from '../kms-key.ts';
import { page } from '../paging.ts';
import type { RequiredMembers } from '../required-members.ts';
import { rotatableKey } from '../rotatable-key.ts';

type Input = RequiredMembers<ListKeyRotationsRequest, 'KeyId'>;

export const listKeyRotations: Operation<Input, ListKeyRotationsResponse> = {
  schema: ListKeyRotations$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:ListKeyRotations'), 'kms:ListKeyRotations'),
  ],
  run(call, input) {
    const key = resolveKeyId(call, input.KeyId);
    rotatableKey(key);
    const all = materialsOf(key).filter(
      ({ entry }) => input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL' || entry.RotationType !== undefined,
    );
    const { items, ...rest } = page(all, ({ order }) => order, input, { standard: 100, max: 1000 });
    return { Rotations: items.map(({ entry }) => entry), ...rest };
  },
};

/** The key's materials as the SDK's model describes them, each with a text that sorts them. Inferred: oldest first. */
function materialsOf(key: KmsKey): { order: string; entry: RotationsListEntry }[] {
  return key.materials.map((material, index) => ({
    order: String(index).padStart(6, '0'),
    entry: {
      KeyId: key.keyId,
      KeyMaterialId: material.id,
      KeyMaterialState: index === key.materials.length - 1 ? 'CURRENT' : 'NON_CURRENT',
      ...(material.rotation && {
        RotationDate: material.rotation.date,
        RotationType: material.rotation.type,
      }),
    },
  }));
}
