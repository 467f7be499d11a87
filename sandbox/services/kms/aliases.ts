/** Rules of alias names, and the permission on an alias. */
import type { AliasListEntry } from '@aws-sdk/client-kms';
import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { aliasArn } from './key-identifiers.ts';
import { aliasNotFound, storeOf } from './keys.ts';
import type { KmsAlias, KmsKey } from './kms-key.ts';

/**
 * @throws AwsError ValidationException (text recorded by LocalStack's test suite on AWS), NotAuthorizedException for
 *   names that are AWS's own (as local-kms gives it)
 */
export function checkAliasName(aliasName: string): void {
  if (!aliasName.startsWith('alias/')) {
    throw new AwsError(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (aliasName.startsWith('alias/aws/')) throw new AwsError('NotAuthorizedException', '');
}

/**
 * An alias operation asks for permission on the alias, which only identity policies can give, besides that on the
 * keys it touches (page "Controlling access to aliases" of the KMS developer guide). Conditions on the key do not apply.
 */
export function aliasPermission(call: Call, action: string, aliasName: string): Permission {
  const arn = aliasArn(call.region, call.account.id, aliasName);
  return permission(action, { type: 'alias', arn }, { context: { 'kms:CallerAccount': call.account.id } });
}

/** The key that an alias points to. @throws AwsError NotFoundException */
export function aliasTarget(call: Call, aliasName: string): KmsKey {
  const store = storeOf(call);
  const key = store.keyOfAlias(aliasName);
  if (!key) throw aliasNotFound(store, aliasName);
  return key;
}

export function describeAlias(key: KmsKey, alias: KmsAlias): AliasListEntry {
  return {
    AliasName: alias.name,
    AliasArn: aliasArn(key.region, key.accountId, alias.name),
    TargetKeyId: key.keyId,
    CreationDate: alias.creationDate,
    LastUpdatedDate: alias.lastUpdatedDate,
  };
}
