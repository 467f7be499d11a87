import type { AccessKey } from '../runner/accounts/access-key.ts';
import { AwsCaller } from '../runner/accounts/aws-caller.ts';
import type { ProvingAccount } from '../runner/verify/proving-account.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

/** An account on a sandbox of its own. */
export async function openProvingAccount(): Promise<ProvingAccount> {
  const sandbox = await startSandbox();
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
    owner: callerFor(sandbox.administrator),
    callerFor,
    setTrouble: (trouble) => sandbox.setWeather(trouble),
    async close() {
      for (const caller of callers) caller.close();
      await sandbox.close();
    },
  };
}
