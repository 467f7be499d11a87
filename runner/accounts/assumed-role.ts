/** Credentials of a role in a learner's account, got anew before they run out. */
import type { Credentials } from '@aws-sdk/client-sts';
import type { AskedRole } from '../../checks/account.ts';
import type { CredentialSource, ExpiringKey } from './access-key.ts';
import type { Caller } from './caller.ts';
import { explainRefusal } from './role-not-assumed.ts';

export interface AssumedRoleOptions extends AskedRole {
  /** Makes the calls that assume the role. */
  readonly base: Pick<Caller, 'send'>;
  /** Shown in the learner's CloudTrail. */
  readonly sessionName: string;
  /** JSON: what the session may do at most. */
  readonly policy: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Before the end, as the SDK does it with every source of credentials: its `memoizeIdentityProvider`. */
const renewBeforeMs = 5 * 60_000;

/**
 * One hour at a time, the most that a role assumed by a role can have ("Role chaining", IAM user guide). However many ask at
 * once, one request is made. Where it cannot be renewed, what is there is used to its end.
 *
 * @returns a source that throws RoleNotAssumed where AWS refuses the role, and CallError for other trouble
 */
export function assumedRole(options: AssumedRoleOptions): CredentialSource {
  const { now = Date.now } = options;
  let key: ExpiringKey | undefined;
  let asked: Promise<ExpiringKey> | undefined;
  const left = () => (key?.expiration.getTime() ?? 0) - now();
  return async () => {
    if (key && left() > renewBeforeMs) return key;
    asked ??= assume(options).finally(() => {
      asked = undefined;
    });
    try {
      key = await asked;
    } catch (error) {
      if (!key || left() <= 0) throw error;
    }
    return key;
  };
}

async function assume({ base, ...role }: AssumedRoleOptions): Promise<ExpiringKey> {
  try {
    const { output } = await base.send('sts:AssumeRole', {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName,
      Policy: role.policy,
      DurationSeconds: 3600,
      ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    });
    return sessionKeyIn(output);
  } catch (error) {
    throw explainRefusal(error, role);
  }
}

/** The key in an answer of AssumeRole. */
export function sessionKeyIn(output: object): ExpiringKey {
  const { Credentials = {} } = output as { Credentials?: Partial<Credentials> };
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new Error('AssumeRole answered without credentials.');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
