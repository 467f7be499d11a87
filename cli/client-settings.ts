/** What a client has to be told to use an endpoint, in the form that a shell or the AWS configuration takes. */

export interface ClientSettings {
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const clientForms = ['bash', 'powershell', 'profile'] as const;
export type ClientForm = (typeof clientForms)[number];

/** Lines ready to be pasted. */
export function clientSettings(form: ClientForm, settings: ClientSettings): string {
  const { url, region, accessKeyId, secretAccessKey } = settings;
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  switch (form) {
    case 'bash':
      return lines(Object.entries(variables).map(([name, value]) => `export ${name}=${value}`));
    case 'powershell':
      return lines(Object.entries(variables).map(([name, value]) => `$Env:${name} = '${value}'`));
    case 'profile':
      // The AWS CLI reads credentials in the configuration file as well, so that one section is enough.
      return lines([
        '[profile sandbox]',
        `endpoint_url = ${url}`,
        `aws_access_key_id = ${accessKeyId}`,
        `aws_secret_access_key = ${secretAccessKey}`,
        `region = ${region}`,
      ]);
  }
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
