/** From the options that say which account is meant to the account. */
import type { Connections } from '../../runner/accounts/connections.ts';
import { type OpenAccount, openAccountAt } from '../../runner/accounts/open-account.ts';
import { readAwsConfiguration } from '../machine/aws-configuration.ts';
import { missingProfile } from '../machine/credential-faults.ts';
import type { AccountFlags } from '../options/account.ts';
import { runningSandbox } from '../sandbox/running-sandbox.ts';
import { UserError } from '../user-error.ts';

/**
 * @param connections for all calls to it, where several accounts share them
 * @throws UserError when it is not clear which account or Region is meant
 */
export async function openAccount(flags: AccountFlags, connections?: Connections): Promise<OpenAccount> {
  if (flags.sandbox) {
    const { url, region, ...credentials } = await runningSandbox(
      flags.endpointUrl ?? process.env.AWS_ENDPOINT_URL,
    );
    return openAccountAt(
      { region: flags.region ?? region, endpoint: url, credentials, connections },
      'sandbox',
    );
  }
  const endpoint = flags.endpointUrl ?? process.env.AWS_ENDPOINT_URL;
  await refuseMissingProfile(flags.profile);
  const region =
    flags.region ??
    process.env.AWS_REGION ??
    process.env.AWS_DEFAULT_REGION ??
    (await configuredRegion(flags.profile));
  return openAccountAt({
    region,
    connections,
    ...(endpoint && { endpoint: checkedUrl(endpoint) }),
    ...(flags.profile && { profile: flags.profile }),
  });
}

/** The SDK would pass a profile over that is not there, and say that there are no credentials or no Region. */
async function refuseMissingProfile(named: string | undefined): Promise<void> {
  if (named === undefined && !process.env.AWS_PROFILE) return;
  const fault = missingProfile(await readAwsConfiguration(named));
  if (fault) throw new UserError(`${fault.message}\n${fault.advice}`);
}

/** The Region of the shared configuration files, read by the SDK itself. */
async function configuredRegion(profile: string | undefined): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({ ...(profile && { profile }) });
  try {
    return await client.config.region();
  } catch {
    throw new UserError(
      'No AWS Region is set. Name one with `--region`, set AWS_REGION, or run `aws configure`. Without an AWS account, run `labwright sandbox` and use `--sandbox`.',
    );
  } finally {
    client.destroy();
  }
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new UserError(`"${text}" is not a URL. Write it as http://host:port or https://host.`);
}
