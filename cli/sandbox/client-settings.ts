/** What a client has to be told to use an endpoint, in the form that a shell or the AWS configuration takes. */

/** Somebody whom a client can act as. */
export interface Identity {
  /** Of the section in the AWS configuration: `sandbox-root`. */
  readonly profile: string;
  /** `administrator of account 123456789012` */
  readonly who: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Endpoint {
  readonly url: string;
  readonly region: string;
}

export const clientForms = ['bash', 'powershell', 'profile'] as const;
export type ClientForm = (typeof clientForms)[number];

/**
 * Lines ready to be pasted. A shell becomes the first identity; the others are comments there, to be pasted without
 * their `# ` into another terminal. A configuration has a profile for each.
 */
export function clientSettings(
  form: ClientForm,
  endpoint: Endpoint,
  identities: readonly Identity[],
): string {
  const several = identities.length > 1;
  const blocks = identities.map((identity, index) => {
    const settings = form === 'profile' ? profile(endpoint, identity) : variables(form, endpoint, identity);
    const asComments = form !== 'profile' && index > 0;
    return [
      ...(several ? [`# ${identity.who}`] : []),
      ...settings.map((line) => (asComments ? `# ${line}` : line)),
      '',
    ].join('\n');
  });
  return blocks.join('\n');
}

function variables(form: 'bash' | 'powershell', { url, region }: Endpoint, identity: Identity): string[] {
  const values = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  return Object.entries(values).map(([name, value]) =>
    form === 'bash' ? `export ${name}=${value}` : `$Env:${name} = '${value}'`,
  );
}

/** The AWS CLI reads credentials in the configuration file as well, so that one section is enough. */
function profile({ url, region }: Endpoint, identity: Identity): string[] {
  return [
    `[profile ${identity.profile}]`,
    `endpoint_url = ${url}`,
    `aws_access_key_id = ${identity.accessKeyId}`,
    `aws_secret_access_key = ${identity.secretAccessKey}`,
    `region = ${region}`,
  ];
}
