/** Every check there is, by id. A test holds this list against the files. */
import { callAllowed } from './access/call-allowed.ts';
import { callDenied } from './access/call-denied.ts';
import { canUseKey } from './access/can-use-key.ts';
import { cannotUseKey } from './access/cannot-use-key.ts';
import { dataKeyByContext } from './access/data-key-by-context.ts';
import { mayVerifyNotSign } from './access/may-verify-not-sign.ts';
import { readAllowed } from './access/read-allowed.ts';
import { readDenied } from './access/read-denied.ts';
import { roleAssumable } from './access/role-assumable.ts';
import { sessionAllowed } from './access/session-allowed.ts';
import { sessionDenied } from './access/session-denied.ts';
import type { Check } from './check.ts';
import { itemsReadable } from './dynamodb/items-readable.ts';
import { itemsUnreadable } from './dynamodb/items-unreadable.ts';
import { partitionHasItems } from './dynamodb/partition-has-items.ts';
import { tableDeleted } from './dynamodb/table-deleted.ts';
import { tableEncrypted } from './dynamodb/table-encrypted.ts';
import { tableExists } from './dynamodb/table-exists.ts';
import { dataKeyBound } from './envelope/data-key-bound.ts';
import { dataKeysDiffer } from './envelope/data-keys-differ.ts';
import { itemOpens } from './envelope/item-opens.ts';
import { itemSealed } from './envelope/item-sealed.ts';
import { boundarySet } from './iam/boundary-set.ts';
import { groupDeleted } from './iam/group-deleted.ts';
import { groupExists } from './iam/group-exists.ts';
import { groupLeastPrivilege } from './iam/group-least-privilege.ts';
import { groupMember } from './iam/group-member.ts';
import { groupOwnItems } from './iam/group-own-items.ts';
import { policyDeleted } from './iam/policy-deleted.ts';
import { policyExists } from './iam/policy-exists.ts';
import { roleDeleted } from './iam/role-deleted.ts';
import { roleExists } from './iam/role-exists.ts';
import { roleLeastPrivilege } from './iam/role-least-privilege.ts';
import { userAllowed } from './iam/user-allowed.ts';
import { userDeleted } from './iam/user-deleted.ts';
import { userExists } from './iam/user-exists.ts';
import { userLeastPrivilege } from './iam/user-least-privilege.ts';
import { aliasTarget } from './kms/alias-target.ts';
import { callRefused } from './kms/call-refused.ts';
import { deletionCancelled } from './kms/deletion-cancelled.ts';
import { grantConstrained } from './kms/grant-constrained.ts';
import { keyExists } from './kms/key-exists.ts';
import { keyPolicy } from './kms/key-policy.ts';
import { keyScheduledForDeletion } from './kms/key-scheduled-for-deletion.ts';
import { keysDiffer } from './kms/keys-differ.ts';
import { publicKeyShared } from './kms/public-key-shared.ts';
import { rotatedOnDemand } from './kms/rotated-on-demand.ts';
import { rotationEnabled } from './kms/rotation-enabled.ts';
import { signatureInvalid } from './kms/signature-invalid.ts';
import { signatureValid } from './kms/signature-valid.ts';

const all: readonly Check[] = [
  aliasTarget,
  boundarySet,
  callAllowed,
  callDenied,
  callRefused,
  canUseKey,
  cannotUseKey,
  dataKeyBound,
  dataKeyByContext,
  dataKeysDiffer,
  deletionCancelled,
  grantConstrained,
  groupDeleted,
  groupExists,
  groupLeastPrivilege,
  groupMember,
  groupOwnItems,
  itemOpens,
  itemSealed,
  itemsReadable,
  itemsUnreadable,
  keyExists,
  keyPolicy,
  keyScheduledForDeletion,
  keysDiffer,
  mayVerifyNotSign,
  partitionHasItems,
  policyDeleted,
  policyExists,
  publicKeyShared,
  readAllowed,
  readDenied,
  roleAssumable,
  roleDeleted,
  roleExists,
  roleLeastPrivilege,
  rotatedOnDemand,
  rotationEnabled,
  sessionAllowed,
  sessionDenied,
  signatureInvalid,
  signatureValid,
  tableDeleted,
  tableEncrypted,
  tableExists,
  userAllowed,
  userDeleted,
  userExists,
  userLeastPrivilege,
];

export const registry: ReadonlyMap<string, Check> = new Map(all.map((check) => [check.id, check]));
