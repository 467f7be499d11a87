import type { SandboxAccount } from '../account.ts';
import type { Credential } from '../credential.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import type { Clock } from '../timing/clock.ts';
import type { Route } from './route.ts';
import { verifySignature } from './signature.ts';
import { SignatureFault } from './signature-fault.ts';

/** Finds the account that an access key belongs to. */
export type AccountFinder = (accessKeyId: string) => SandboxAccount | undefined;

/**
 * Finds out who calls, and notes in their account that the credential was used.
 *
 * @throws SignatureFault where the signature does not hold, or the service does not know such credentials
 */
export function authenticate(
  request: WireRequest,
  { service, claim, isAddressed }: Route,
  { accountOf, clock }: { readonly accountOf: AccountFinder; readonly clock: Clock },
): { readonly account: SandboxAccount; readonly credential: Credential } {
  const account = accountOf(claim.accessKeyId);
  const credential = account?.credential(claim.accessKeyId);
  verifySignature(request, claim, credential, clock, isAddressed ? service.name : undefined);
  if (!account || credential.closedServices?.includes(service.name))
    throw new SignatureFault('unknown-key', 'The security token included in the request is invalid.');
  account.iam.recordUse(credential, service.name, claim.region);
  return { account, credential };
}
