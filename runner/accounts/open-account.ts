/** An account that can be called by several: its owner, and others to the same place. */
import type { AccessKey } from './access-key.ts';
import { AwsCaller, type AwsCallerOptions } from './aws-caller.ts';
import type { AccountKind } from './caller.ts';
import type { Connections } from './connections.ts';

export interface OpenAccount {
  readonly kind: AccountKind;
  readonly region: string;
  /** Where calls go, if not to AWS. */
  readonly endpoint?: string;
  /** Shared by all its callers, where they share them. */
  readonly connections?: Connections | undefined;
  /** Calls with the owner's credentials. @param signal ends calls that are under way */
  readonly owner: (signal?: AbortSignal) => AwsCaller;
  /** Calls with another access key, to the same place. */
  readonly withKey: (key: AccessKey, signal?: AbortSignal) => AwsCaller;
  /** Calls with the credentials of a profile, to the same place. */
  readonly withProfile: (profile: string, signal?: AbortSignal) => AwsCaller;
}

/** What answers on this machine's loopback is not AWS. */
function kindAt(endpoint: string | undefined): AccountKind {
  const hostname = endpoint === undefined ? '' : new URL(endpoint).hostname;
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.') ? 'sandbox' : 'live';
}

/** @param kind where it is not told by the endpoint */
export function openAccountAt(
  { profile, credentials, ...place }: Omit<AwsCallerOptions, 'signal'>,
  kind: AccountKind = kindAt(place.endpoint),
): OpenAccount {
  const callerOf = (who: Pick<AwsCallerOptions, 'profile' | 'credentials'>, signal?: AbortSignal) =>
    new AwsCaller({ ...place, ...who, ...(signal && { signal }) });
  return {
    kind,
    region: place.region,
    ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
    connections: place.connections,
    owner: (signal) =>
      callerOf({ ...(profile !== undefined && { profile }), ...(credentials && { credentials }) }, signal),
    withKey: (key, signal) => callerOf({ credentials: key }, signal),
    withProfile: (name, signal) => callerOf({ profile: name }, signal),
  };
}
