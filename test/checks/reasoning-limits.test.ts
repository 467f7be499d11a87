/** Checks that reason from policies, where the policies do not say all. */
import { expect } from 'chai';
import type { CheckContext } from '../../checks/check.ts';
import { createExpect, Failed, found } from '../../checks/expect.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { registry } from '../../checks/registry.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { RunAccount } from '../../runner/accounts/run-account.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

describe('checks that reason from policies', () => {
  let account: SandboxAccount;
  let key: string;
  const user = 'ana';
  const UserName = user;

  before(async () => {
    account = await sandboxAccount();
    const { output } = await account.owner.send('kms:CreateKey', {});
    key = (output.KeyMetadata as { Arn: string }).Arn;
    await account.owner.send('iam:CreateUser', { UserName });
  });
  after(() => account.close());

  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

  async function hold(statement: object): Promise<void> {
    const PolicyDocument = document({ Resource: '*', ...statement });
    await account.owner.send('iam:PutUserPolicy', { UserName, PolicyName: 'held', PolicyDocument });
  }

  /** What the check throws; undefined when it passes. */
  async function thrownBy(id: string, given: object): Promise<unknown> {
    const check = registry.get(id);
    if (!check) throw new Error(`no check ${id}`);
    const identity = await identify(account.owner);
    const own = new RunAccount({
      check: id,
      calls: check.calls,
      caller: account.owner,
      identity,
      evidence: [],
    });
    const { expect: expectation, toFailed } = createExpect();
    const params = check.params.parse(given);
    const context = { params, account: own, expect: expectation, found };
    try {
      await check.run(context as unknown as CheckContext<unknown, never, never>);
      return undefined;
    } catch (error) {
      return toFailed(error) ?? error;
    }
  }

  const fromHome = { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };

  for (const id of ['access/can-use-key', 'access/cannot-use-key', 'iam/user-allowed']) {
    it(`${id} judges nothing where it hangs on where the request comes from`, async () => {
      const given =
        id === 'iam/user-allowed'
          ? { user, actions: ['kms:Decrypt'], resource: key }
          : { user, key, table: 'lab' };
      await hold({ Effect: 'Allow', Action: 'kms:Decrypt', ...fromHome });
      const open = await thrownBy(id, given);
      expect(open).to.be.instanceOf(NotJudged);
      expect((open as Error).message).to.include('depends on aws:SourceIp');
      // With a condition that the policies do settle, it judges.
      await hold({
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'aws:username': user } },
      });
      expect(await thrownBy(id, given)).to.not.be.instanceOf(NotJudged);
    });
  }

  it('kms/key-policy finds that a key which denies everybody has no users', async () => {
    expect(await thrownBy('kms/key-policy', { key })).to.equal(undefined);
    const { accountId } = await identify(account.owner);
    const allow = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' };
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    await account.owner.send('kms:PutKeyPolicy', { KeyId: key, Policy: document(allow, deny) });
    const thrown = await thrownBy('kms/key-policy', { key });
    expect(thrown).to.be.instanceOf(Failed);
    expect((thrown as Failed).message).to.equal('The key policy lets nobody use the key.');
  });
});
