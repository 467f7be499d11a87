/**
 * Finds the key that a request means, and asks for permission on it.
 *
 * A key that is not there is not found before anyone is asked for permission (observed on AWS, recorded by
 * LocalStack's test suite, as are the texts of NotFoundException).
 */
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import type { ConditionContext } from '../../../policy/request.ts';
import { authorise } from '../../authorisation/authorise.ts';
import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { keyConditions } from './condition-keys.ts';
import { aliasArn, isKeyId, keyArn, parseKmsArn } from './key-identifiers.ts';
import type { KmsKey } from './kms-key.ts';
import type { KmsStore } from './store.ts';

export { createServiceGrant, retireServiceGrant } from './grants.ts';
export { usableKey } from './key-state.ts';

/**
 * The key behind a key id, key ARN, alias name or alias ARN, whatever its state.
 *
 * @param action what is about to be done, for the refusal of another account's key
 * @throws AwsError NotFoundException, InvalidArnException; PermissionDenied for another account's key that does not exist
 */
export function resolveKey(call: Call, identifier: string, action = 'kms:DescribeKey'): KmsKey {
  const { store, resource } = locate(call, identifier, action);
  return resource.startsWith('alias/') ? keyOfAlias(store, resource) : keyById(store, resource);
}

/**
 * The key behind a key id or key ARN, for the operations that take no alias.
 *
 * @throws AwsError as {@link resolveKey}
 */
export function resolveKeyId(call: Call, identifier: string, action = 'kms:DescribeKey'): KmsKey {
  const { store, resource } = locate(call, identifier, action);
  // Inferred: an alias ARN is a wrong ARN here, as an alias name is a wrong key id.
  if (resource !== identifier && resource.startsWith('alias/')) throw invalidArn(identifier);
  return keyById(store, resource);
}

/** KMS of the caller's account in the Region that the request went to. */
export function storeOf(call: Call): KmsStore {
  return call.account.kms(call.region);
}

/**
 * Permission to do something with a key: the key policy, the identity policies where it delegates to the account,
 * and grants. Condition keys that depend on the key alone are filled in.
 *
 * @param action `kms:Decrypt`
 * @param context condition keys of this request: encryption context, request alias, `kms:ViaService`
 */
export function keyPermission(key: KmsKey, action: string, context: ConditionContext = {}): Permission {
  return permission(
    action,
    { type: 'key', arn: key.arn },
    {
      context: { ...keyConditions(key), ...context },
      key: {
        accountId: key.accountId,
        policy: key.policy,
        formerPolicies: key.formerPolicies,
        grants: key.grants,
        formerGrants: key.formerGrants,
      },
    },
  );
}

/** Where an identifier points: key id or alias name, and the KMS that has it. Only an ARN leads to another account. */
function locate(call: Call, identifier: string, action: string): { store: KmsStore; resource: string } {
  if (!identifier.startsWith('arn:')) return { store: storeOf(call), resource: identifier };
  const arn = parseKmsArn(identifier);
  if (!arn) throw invalidArn(identifier);
  if (arn.region !== call.region) throw new AwsError('NotFoundException', `Invalid arn ${arn.region}`);
  const [kind] = arn.resource.split('/', 1);
  if (kind !== 'alias' && kind !== 'key') throw invalidArn(identifier);
  const resource = kind === 'key' ? arn.resource.slice('key/'.length) : arn.resource;
  if (arn.accountId === call.account.id) return { store: storeOf(call), resource };
  const store = call.account.accounts.find(arn.accountId)?.kms(call.region);
  if (!store || !crossAccountActions.has(action) || !(store.key(resource) ?? store.keyOfAlias(resource))) {
    refuseUnknownKey(call, identifier, arn.accountId, action);
  }
  return { store, resource };
}

function keyById(store: KmsStore, keyId: string): KmsKey {
  if (!isKeyId(keyId)) throw new AwsError('NotFoundException', `Invalid keyId '${keyId}'`);
  const key = store.key(keyId);
  if (key) return key;
  const arn = keyArn(store.region, store.accountId, keyId);
  throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
}

/**
 * A predefined alias of AWS makes its key when it is first used (description of DescribeKey's KeyId in the SDK's
 * model). Inferred: the same goes for the other operations that take an alias.
 */
function keyOfAlias(store: KmsStore, aliasName: string): KmsKey {
  const key = store.keyOfAlias(aliasName) ?? store.predefinedKey(aliasName);
  if (key) return key;
  throw aliasNotFound(store, aliasName);
}

export function aliasNotFound(store: KmsStore, aliasName: string): AwsError {
  const arn = aliasArn(store.region, store.accountId, aliasName);
  return new AwsError('NotFoundException', `Alias ${arn} is not found.`);
}

/** Inferred: the model lists InvalidArnException; its text was not found. */
function invalidArn(identifier: string): AwsError {
  return new AwsError('InvalidArnException', `${identifier} is not a valid ARN.`);
}

/**
 * What may be done with a key of another account ("AWS KMS permissions", column "Cross-account use", in the KMS
 * developer guide), without the operations on its grants.
 */
const crossAccountActions: ReadonlySet<string> = new Set([
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateMac',
  'kms:GetKeyRotationStatus',
  'kms:GetPublicKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:Sign',
  'kms:Verify',
  'kms:VerifyMac',
]);

/** A key of another account that is not there is refused like one whose policy opens it to nobody. */
function refuseUnknownKey(call: Call, arn: string, accountId: string, action: string): never {
  const policy: NamedPolicy = { name: 'key policy', document: { Version: '2012-10-17', Statement: [] } };
  // Not formed by the reference: the refusal does not hang on what the action is about.
  authorise(call, { action, resource: arn, key: { accountId, policy, grants: [] } });
  throw new Error(`The empty key policy of ${arn} allowed ${action}.`);
}
