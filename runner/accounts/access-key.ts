import type { Answer } from './caller.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The key in an answer of CreateAccessKey. */
export function accessKeyIn({ output }: Answer): AccessKey {
  const { AccessKeyId, SecretAccessKey } = output.AccessKey as {
    AccessKeyId: string;
    SecretAccessKey: string;
  };
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}
