/** What this machine is configured with for AWS: environment variables and the shared files. No secret leaves here. */
import { getProfileName, loadSharedConfigFiles } from '@smithy/core/config';

export interface AwsConfiguration {
  /** The profile in use. */
  readonly profile: string;
  /** Who named it; nobody where it is the default one. */
  readonly namedBy: '--profile' | 'AWS_PROFILE' | undefined;
  /** Names of all profiles of the shared files. */
  readonly profiles: readonly string[];
  /** Whether the profile in use is among them. */
  readonly hasProfile: boolean;
  /** Names of the settings that the profile has. */
  readonly settings: ReadonlySet<string>;
  readonly profileRegion: string | undefined;
  /** Names of the variables that are set, of those that matter here. */
  readonly variables: ReadonlySet<string>;
}

const variables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
];

/** @param named by the command line */
export async function readAwsConfiguration(named: string | undefined): Promise<AwsConfiguration> {
  const { env } = process;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const profile = getProfileName({ ...(named !== undefined && { profile: named }) });
  // The loader gives other sections of the file the names of their kind: `sso-session.work`.
  const isProfile = (name: string) => !/^(sso-session|services)\./.test(name);
  const profiles = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
    isProfile,
  );
  const settings = { ...configFile[profile], ...credentialsFile[profile] };
  return {
    profile,
    namedBy: named !== undefined ? '--profile' : env.AWS_PROFILE ? 'AWS_PROFILE' : undefined,
    profiles: profiles.sort(),
    hasProfile: profiles.includes(profile),
    settings: new Set(Object.keys(settings)),
    profileRegion: settings.region,
    variables: new Set(variables.filter((name) => env[name])),
  };
}
