/** Who may read a table: whom its KMS key lets decrypt when DynamoDB asks for them. */
import type { Decision } from '../../policy/decision.ts';
import type { Principal } from '../../policy/request.ts';
import { decide } from '../authorisation/authorise.ts';
import type { Call } from '../call.ts';
import { tableKeyContext } from '../services/dynamodb/encryption/key-context.ts';
import { keyPermission } from '../services/kms/keys.ts';
import type { KmsKey } from '../services/kms/kms-key.ts';

export interface KeyUser {
  /** Of the root user, a user or a role. */
  readonly arn: string;
  /** Whether `kms:Decrypt` on the table's key is allowed, and by what. */
  readonly decision: Decision;
}

/** Beyond these nobody reads the list. */
const mostUsers = 100;

/**
 * Root, the users and the roles of the table's account, each with what policies and grants decide at this moment for
 * a request from this machine. A session policy may let a role's session do less.
 *
 * @param call of the account's root
 */
export function keyUsers(call: Call, tableName: string, key: KmsKey): KeyUser[] {
  return principals(call)
    .slice(0, mostUsers)
    .map((principal) => {
      const asked = { ...call, credential: { ...call.credential, principal } };
      const permission = keyPermission(key, 'kms:Decrypt', tableKeyContext(asked, tableName));
      const arn = principal.kind === 'role-session' ? principal.roleArn : principal.arn;
      return { arn, decision: decide(asked, permission) };
    });
}

function principals({ account: { id: accountId, iam } }: Call): Exclude<Principal, { kind: 'service' }>[] {
  return [
    { kind: 'root', arn: `arn:aws:iam::${accountId}:root`, accountId },
    ...iam.users
      .list()
      .map((user) => ({ kind: 'user', arn: iam.arnOf(user), accountId, userId: user.id }) as const),
    ...iam.roles.list().map(
      (role) =>
        ({
          kind: 'role-session',
          arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/session`,
          roleArn: iam.arnOf(role),
          accountId,
          userId: `${role.id}:session`,
        }) as const,
    ),
  ];
}
