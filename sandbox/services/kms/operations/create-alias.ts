import { CreateAlias$, type CreateAliasRequest } from '@aws-sdk/client-kms';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { aliasPermission, checkAliasName } from '../aliases.ts';
import { aliasArn } from '../key-identifiers.ts';
import { notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId, storeOf } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

/** "Aliases per KMS key", page "Resource quotas" of the KMS developer guide. */
const maxAliasesPerKey = 50;

type Input = RequiredMembers<CreateAliasRequest, 'AliasName' | 'TargetKeyId'>;

export const createAlias: Operation<Input, undefined> = {
  schema: CreateAlias$,
  permissions(call, { AliasName, TargetKeyId }) {
    checkAliasName(AliasName);
    const key = resolveKeyId(call, TargetKeyId, 'kms:CreateAlias');
    return [aliasPermission(call, 'kms:CreateAlias', AliasName), keyPermission(key, 'kms:CreateAlias')];
  },
  run(call, { AliasName, TargetKeyId }) {
    const store = storeOf(call);
    const key = resolveKeyId(call, TargetKeyId);
    notPendingDeletion(key);
    if (store.keyOfAlias(AliasName)) {
      const arn = aliasArn(store.region, store.accountId, AliasName);
      // Text: crossplane-contrib/provider-aws#1741.
      throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    }
    if (key.aliases.length >= maxAliasesPerKey) {
      // Inferred: text.
      throw new AwsError('LimitExceededException', `${key.arn} already has ${maxAliasesPerKey} aliases.`);
    }
    const now = call.clock.now();
    store.setAlias({ name: AliasName, creationDate: now, lastUpdatedDate: now }, key);
    return undefined;
  },
};
