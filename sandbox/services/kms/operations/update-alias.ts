import { UpdateAlias$, type UpdateAliasRequest } from '@aws-sdk/client-kms';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { aliasPermission, aliasTarget, checkAliasName } from '../aliases.ts';
import { notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId, storeOf } from '../keys.ts';
import type { KmsKey } from '../kms-key.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<UpdateAliasRequest, 'AliasName' | 'TargetKeyId'>;

export const updateAlias: Operation<Input, undefined> = {
  schema: UpdateAlias$,
  permissions(call, { AliasName, TargetKeyId }) {
    checkAliasName(AliasName);
    const current = aliasTarget(call, AliasName);
    const target = resolveKeyId(call, TargetKeyId, 'kms:UpdateAlias');
    return [
      aliasPermission(call, 'kms:UpdateAlias', AliasName),
      keyPermission(current, 'kms:UpdateAlias'),
      keyPermission(target, 'kms:UpdateAlias'),
    ];
  },
  run(call, { AliasName, TargetKeyId }) {
    const current = aliasTarget(call, AliasName);
    const target = resolveKeyId(call, TargetKeyId);
    // The key that loses the alias may be pending deletion: "Key states of AWS KMS keys", [10].
    notPendingDeletion(target);
    if (keyKind(current) !== keyKind(target) || current.keyUsage !== target.keyUsage) {
      // The rule is that of UpdateAlias's TargetKeyId in the SDK's model. Inferred: code and text.
      throw new AwsError(
        'ValidationException',
        `${target.arn} must be of the same type and have the same key usage as the current target of the alias.`,
      );
    }
    const alias = current.aliases.find((one) => one.name === AliasName);
    const now = call.clock.now();
    storeOf(call).setAlias(
      { name: AliasName, creationDate: alias?.creationDate ?? now, lastUpdatedDate: now },
      target,
    );
    return undefined;
  },
};

function keyKind({ keySpec }: KmsKey): 'symmetric' | 'HMAC' | 'asymmetric' {
  if (keySpec === 'SYMMETRIC_DEFAULT') return 'symmetric';
  return keySpec.startsWith('HMAC_') ? 'HMAC' : 'asymmetric';
}
