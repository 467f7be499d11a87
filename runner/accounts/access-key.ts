export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ExpiringKey extends AccessKey {
  readonly expiration: Date;
}

/** Gives a key that is good for some minutes more, a new one where the last one is running out. */
export type CredentialSource = () => Promise<ExpiringKey>;

/** The key in an answer of CreateAccessKey. */
export function accessKeyIn({ output }: { readonly output: Readonly<Record<string, unknown>> }): AccessKey {
  const { AccessKeyId, SecretAccessKey } = output.AccessKey as {
    AccessKeyId: string;
    SecretAccessKey: string;
  };
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}
