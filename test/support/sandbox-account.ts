/** A sandbox with what the runner needs to work on it. */
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { type AccessKey, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

export interface SandboxAccount {
  readonly sandbox: Sandbox;
  /** The administrator's calls. */
  readonly owner: AwsCaller;
  readonly callerFor: (key: AccessKey) => AwsCaller;
  /** Every call that arrived, oldest first. */
  readonly records: CallRecord[];
  /** Names of the calls that arrived since the last time this was asked. */
  readonly newCalls: () => string[];
  readonly close: () => Promise<void>;
}

export async function sandboxAccount(): Promise<SandboxAccount> {
  const records: CallRecord[] = [];
  let seen = 0;
  const sandbox = await startSandbox({ onCall: (record) => records.push(record) });
  const callers: AwsCaller[] = [];
  const callerFor = ({ accessKeyId, secretAccessKey }: AccessKey) => {
    const caller = new AwsCaller({
      region: sandbox.region,
      endpoint: sandbox.url,
      credentials: { accessKeyId, secretAccessKey },
    });
    callers.push(caller);
    return caller;
  };
  return {
    sandbox,
    owner: callerFor(sandbox.administrator),
    callerFor,
    records,
    newCalls() {
      const calls = records.slice(seen).map((record) => record.call);
      seen = records.length;
      return calls;
    },
    async close() {
      for (const caller of callers) caller.close();
      await sandbox.close();
    },
  };
}
