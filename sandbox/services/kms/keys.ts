/**
 * Finds the key that a request means, and asks for permission on it.
 *
 * A key that is not there is not found before anyone is asked for permission (observed on AWS, recorded by
 * LocalStack's test suite, as are the texts of NotFoundException).
 */
import type { ConditionContext } from '../../../policy/request.ts';
import type { Permission } from '../../authorise.ts';
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
 * @throws AwsError NotFoundException, InvalidArnException; AccessDeniedException for a key of another account
 */
export function resolveKey(call: Call, identifier: string, action = 'kms:DescribeKey'): KmsKey {
  const store = storeOf(call);
  const resource = localResource(call, identifier, action);
  return resource.startsWith('alias/') ? keyOfAlias(store, resource) : keyById(store, resource);
}

/**
 * The key behind a key id or key ARN, for the operations that take no alias.
 *
 * @throws AwsError as {@link resolveKey}
 */
export function resolveKeyId(call: Call, identifier: string, action = 'kms:DescribeKey'): KmsKey {
  const resource = localResource(call, identifier, action);
  // Inferred: an alias ARN is a wrong ARN here, as an alias name is a wrong key id.
  if (resource !== identifier && resource.startsWith('alias/')) throw invalidArn(identifier);
  return keyById(storeOf(call), resource);
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
  return {
    action,
    resource: key.arn,
    context: { ...keyConditions(key), ...context },
    key: { accountId: key.accountId, policy: key.policy, grants: key.grants },
  };
}

/** Key id or alias name: what an identifier means inside the caller's account and Region. */
function localResource(call: Call, identifier: string, action: string): string {
  if (!identifier.startsWith('arn:')) return identifier;
  const arn = parseKmsArn(identifier);
  if (!arn) throw invalidArn(identifier);
  if (arn.region !== call.region) throw new AwsError('NotFoundException', `Invalid arn ${arn.region}`);
  if (arn.accountId !== call.account.id) throw otherAccountsKey(call, action);
  if (arn.resource.startsWith('alias/')) return arn.resource;
  if (arn.resource.startsWith('key/')) return arn.resource.slice('key/'.length);
  throw invalidArn(identifier);
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
 * The sandbox has no keys of other accounts, and AWS does not say whether one exists. Observed on AWS through
 * DynamoDB's CreateTable (aws-controllers-k8s/dynamodb-controller, finding DDB-TABLE-037).
 */
function otherAccountsKey(call: Call, action: string): AwsError {
  const { principal } = call.credential;
  const who = principal.kind === 'service' ? principal.service : principal.arn;
  return new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${action} on this resource because the resource does not exist in ` +
      'this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
  );
}
