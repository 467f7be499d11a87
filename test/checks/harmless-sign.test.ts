/** Whether somebody may sign is tried without a signature being made: only the dry run leaves the program. */
import { expect } from 'chai';
import { HarmfulProbe } from '../../checks/account.ts';
import { onlyDryRun } from '../../checks/kms/harmless-sign.ts';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { Caller } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { RunAccount } from '../../runner/accounts/run-account.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

describe('signing that is only tried', () => {
  let account: SandboxAccount;
  let KeyId: string;
  before(async () => {
    account = await sandboxAccount();
    const key = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
    const { output } = await account.owner.send('kms:CreateKey', key);
    KeyId = (output.KeyMetadata as { KeyId: string }).KeyId;
  });
  after(() => account.close());

  const accountOf = async (caller: Caller) =>
    new RunAccount({
      check: 'test',
      calls: ['kms:Sign'],
      caller,
      identity: await identify(caller),
      evidence: [],
    });
  const caught = (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'answered',
      (error: unknown) => error,
    );
  const request = () => ({
    KeyId,
    Message: Buffer.from('harmless'),
    SigningAlgorithm: 'ECDSA_SHA_256' as const,
  });

  it('gives no signature, even to who may sign', async () => {
    const owner = await accountOf(account.owner);
    const error = await caught(owner.call('kms:Sign', { ...request(), DryRun: true }));
    expect(onlyDryRun(error), String(error)).to.equal(true);
  });

  it('is refused to who may not sign', async () => {
    const UserName = 'ana';
    await account.owner.send('iam:CreateUser', { UserName });
    const key = accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName }));
    const ana = await accountOf(account.callerFor(key));
    const error = await caught(ana.call('kms:Sign', { ...request(), DryRun: true }));
    expect(error).to.include({ code: 'AccessDeniedException' });
    expect(onlyDryRun(error)).to.equal(false);
  });

  it('leaves the program in no other form', async () => {
    const owner = await accountOf(account.owner);
    account.newCalls();
    for (const form of [request(), { ...request(), DryRun: false }, { ...request(), DryRun: undefined }])
      expect(await caught(owner.call('kms:Sign', form))).to.be.instanceOf(HarmfulProbe);
    expect(account.newCalls()).to.deep.equal([]);
  });
});
