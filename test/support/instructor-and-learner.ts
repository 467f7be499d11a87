/** Two accounts of one sandbox: an instructor's, and that of a learner who works on a lab. */

import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { type AccessKey, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

export interface InstructorAndLearner {
  readonly sandbox: Sandbox;
  readonly instructor: Person;
  readonly learner: Person;
  /** Calls with an access key. */
  readonly callerFor: (key: AccessKey) => AwsCaller;
  /** Every call that arrived, oldest first. */
  readonly records: CallRecord[];
  readonly close: () => Promise<void>;
}

interface Person {
  readonly accountId: string;
  /** The administrator's calls. */
  readonly caller: AwsCaller;
  /** As `labwright` opens it from the environment. */
  readonly account: OpenAccount;
  /** Variables with which any AWS client acts as the administrator. */
  readonly env: Record<string, string>;
}

export async function instructorAndLearner(): Promise<InstructorAndLearner> {
  const records: CallRecord[] = [];
  const sandbox = await startSandbox({ onCall: (record) => records.push(record) });
  const callers: AwsCaller[] = [];
  const callerFor = ({ accessKeyId, secretAccessKey }: AccessKey) => {
    const credentials = { accessKeyId, secretAccessKey };
    const caller = new AwsCaller({ region: sandbox.region, endpoint: sandbox.url, credentials });
    callers.push(caller);
    return caller;
  };
  const person = (accountId: string, key: AccessKey): Person => ({
    accountId,
    caller: callerFor(key),
    account: {
      kind: 'sandbox',
      region: sandbox.region,
      endpoint: sandbox.url,
      owner: () => callerFor(key),
      withKey: (other) => callerFor(other),
      withProfile: (profile) => new AwsCaller({ region: sandbox.region, endpoint: sandbox.url, profile }),
    },
    env: {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_REGION: sandbox.region,
      AWS_DEFAULT_REGION: sandbox.region,
      AWS_ENDPOINT_URL: sandbox.url,
    },
  });
  const other = sandbox.addAccount();
  return {
    sandbox,
    instructor: person(sandbox.account.id, sandbox.administrator),
    learner: person(other.account.id, other.administrator),
    callerFor,
    records,
    async close() {
      for (const caller of callers) caller.close();
      await sandbox.close();
    },
  };
}

/** Does something as a user of the learner's account, with an access key that is deleted again. */
export async function actAs<Outcome>(
  { learner, callerFor }: InstructorAndLearner,
  UserName: string,
  act: (user: AwsCaller) => Promise<Outcome>,
): Promise<Outcome> {
  const key = accessKeyIn(await learner.caller.send('iam:CreateAccessKey', { UserName }));
  try {
    return await act(callerFor(key));
  } finally {
    await learner.caller.send('iam:DeleteAccessKey', { UserName, AccessKeyId: key.accessKeyId });
  }
}

/** Makes a role in the learner's account; gives its ARN. */
export async function makeRole(
  { learner }: InstructorAndLearner,
  { name, trust, permissions }: { name: string; trust: unknown; permissions: unknown },
): Promise<string> {
  const { output } = await learner.caller.send('iam:CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await permit({ learner }, name, permissions);
  return (output.Role as { Arn: string }).Arn;
}

/** Gives a role exactly these permissions. */
export async function permit(
  { learner }: Pick<InstructorAndLearner, 'learner'>,
  RoleName: string,
  permissions: unknown,
): Promise<void> {
  await learner.caller.send('iam:PutRolePolicy', {
    RoleName,
    PolicyName: 'labwright-checks',
    PolicyDocument: JSON.stringify(permissions),
  });
}
