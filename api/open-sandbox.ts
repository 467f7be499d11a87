import type { AwsAccount } from './aws-account.ts';

export interface OpenSandboxOptions {
  /** Twelve digits; default 123456789012. */
  readonly accountId?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** A folder in which the account is kept until the next time. Left out, nothing is written on disk. */
  readonly data?: string;
  /** Lets changes take as long as on AWS. Default false. */
  readonly realistic?: boolean;
}

/** An AWS account in this process, on loopback. It is an `AwsAccount`, entered as its administrator. */
export interface OpenSandbox extends AwsAccount {
  readonly accountId: string;
  /** `http://127.0.0.1:49152`, for any AWS client. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Ends it. What the account held is gone, unless it is kept. */
  close(): Promise<void>;
}

/** @throws the listening error (EADDRINUSE, EACCES); DataFolderProblem where `data` cannot be used */
export async function openSandbox(options: OpenSandboxOptions = {}): Promise<OpenSandbox> {
  const { accountId, port, data, realistic: atAwsPace = false } = options;
  const [{ startSandbox }, { atOnce, realistic }] = await Promise.all([
    import('../sandbox/sandbox.ts'),
    import('../sandbox/timing/timing.ts'),
  ]);
  const sandbox = await startSandbox({
    timing: atAwsPace ? realistic : atOnce,
    ...(accountId !== undefined && { accountId }),
    ...(port !== undefined && { port }),
    ...(data !== undefined && { data }),
  });
  const { accessKeyId, secretAccessKey } = sandbox.administrator;
  return {
    accountId: sandbox.account.id,
    region: sandbox.region,
    endpoint: sandbox.url,
    credentials: { accessKeyId, secretAccessKey },
    close: () => sandbox.close(),
  };
}
