/** Why there are no credentials, from how this machine is configured. */
import type { NoCredentials } from '../../runner/accounts/no-credentials.ts';
import { type AwsConfiguration, readAwsConfiguration } from './aws-configuration.ts';

export interface CredentialFault {
  /** What was found, a sentence. */
  readonly message: string;
  /** What to do about it, Markdown. */
  readonly advice: string;
}

const getSome =
  'Run `aws configure` (or `aws sso login`), name a profile with `--profile`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without an AWS account, run `labwright sandbox` in another terminal and use `--sandbox`.';

/** @param error as the SDK's chain of credential sources ended */
export async function credentialFault(error: NoCredentials): Promise<CredentialFault> {
  const configuration = await readAwsConfiguration(error.profile);
  return (
    missingProfile(configuration) ??
    signInOver(configuration, error) ??
    halfSet(configuration) ??
    uselessProfile(configuration, error) ?? { message: 'No AWS credentials were found.', advice: getSome }
  );
}

/** A profile that was named and is not there. */
export function missingProfile(configuration: AwsConfiguration): CredentialFault | undefined {
  const { profile, profiles, namedBy, hasProfile } = configuration;
  if (namedBy === undefined || hasProfile) return undefined;
  const named = namedBy === '--profile' ? '' : ' (named by AWS_PROFILE)';
  const known =
    profiles.length === 0 ? 'there is no profile at all' : `the profiles are ${profiles.join(', ')}`;
  return {
    message: `There is no profile "${profile}"${named} in the AWS configuration of this machine: ${known}.`,
    advice: `Name one of them with \`--profile\`, or make it with \`aws configure --profile ${profile}\`.`,
  };
}

function signInOver({ profile }: AwsConfiguration, { message }: NoCredentials): CredentialFault | undefined {
  if (!/\bSSO\b|sso login|\btoken\b.*(expired|invalid)/i.test(message)) return undefined;
  return {
    message: `The sign-in of the profile "${profile}" has expired, or there was none.`,
    advice: `Run \`aws sso login --profile ${profile}\`, and try again.`,
  };
}

const pair = ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] as const;

/** One half of an access key without the other, in the variables or in the profile. */
function halfSet({ variables, settings, profile, namedBy }: AwsConfiguration): CredentialFault | undefined {
  const inVariables = pair.map((name) => `AWS_${name}`);
  const inProfile = pair.map((name) => `aws_${name.toLowerCase()}`);
  for (const [names, there, where] of [
    ...(namedBy === undefined ? [[inVariables, variables, 'in the environment'] as const] : []),
    [inProfile, settings, `in the profile "${profile}"`] as const,
  ]) {
    const set = names.filter((name) => there.has(name));
    const missing = names.filter((name) => !there.has(name));
    if (set.length === 1) {
      return {
        message: `${set[0]} is set ${where}, and ${missing[0]} is not.`,
        advice: `Set ${missing[0]} as well, or take ${set[0]} away.`,
      };
    }
  }
  return undefined;
}

function uselessProfile(
  { profile, namedBy }: AwsConfiguration,
  { message }: NoCredentials,
): CredentialFault | undefined {
  if (namedBy === undefined) return undefined;
  return {
    message: `The profile "${profile}" gives no usable credentials: ${message}.`.replace(/\.\.$/, '.'),
    advice: `Look at its settings with \`aws configure list --profile ${profile}\`, or name another with \`--profile\`.`,
  };
}
