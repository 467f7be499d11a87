import type { Credentials } from '@aws-sdk/client-sts';
import type { StsStore } from './store.ts';

/** Temporary credentials as answers give them out, once. */
export function describeCredentials(session: ReturnType<StsStore['open']>): Credentials {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: session.expiresAt,
  };
}
