import type { AccountAccess } from '../sandbox/account-access.ts';
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

/** One account of a sandbox. It is an `AwsAccount`, entered as its administrator. */
export interface SandboxAccount extends AwsAccount {
  readonly accountId: string;
  /** `http://127.0.0.1:49152`, for any AWS client. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An AWS account in this process, on loopback. */
export interface OpenSandbox extends SandboxAccount {
  /**
   * Opens another account in the same sandbox: an instructor's beside a learner's, for example.
   *
   * @param id twelve digits; left out, one is drawn
   * @throws RangeError for an id that is none, or is taken
   */
  addAccount(id?: string): SandboxAccount;
  /** Ends it. What the accounts held is gone, unless it is kept. */
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
  const entered = ({ account, administrator }: AccountAccess): SandboxAccount => ({
    accountId: account.id,
    region: sandbox.region,
    endpoint: sandbox.url,
    credentials: {
      accessKeyId: administrator.accessKeyId,
      secretAccessKey: administrator.secretAccessKey,
    },
  });
  return {
    ...entered(sandbox),
    addAccount: (id) => entered(sandbox.addAccount(id)),
    close: () => sandbox.close(),
  };
}
