/** Everything done first, the grant included, and only then checked: whether the user was refused before is never guessed. */
import { expect } from 'chai';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { resultSchema } from '../../runner/result.ts';
import { realistic } from '../../sandbox/timing/timing.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
/** Longer than anything but the status of tables takes. */
const aWhile = 10 * 60_000;

describe('labwright check, when everything was done first', () => {
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let user: AwsCaller;

  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    for (const stage of ['key', 'table', 'data', 'user']) await solve(stage);
    user = account.callerFor(
      accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName: params.user })),
    );
    const { accessKeysMs: _known, ...timing } = realistic;
    account.sandbox.setTiming(timing);
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const solve = (stage: string) =>
    carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  const wait = () => account.sandbox.clock.advance(aWhile);
  /** Takes the key policy back to what it was before the grant. */
  const takeBack = async (policy: unknown) => {
    await account.owner.send('kms:PutKeyPolicy', {
      KeyId: await keyId(),
      PolicyName: 'default',
      Policy: policy,
    });
  };
  const keyPolicy = async () =>
    (await account.owner.send('kms:GetKeyPolicy', { KeyId: await keyId() })).output.Policy;
  const keyId = async () => {
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: params.alias });
    return (output.KeyMetadata as { KeyId: string }).KeyId;
  };
  const readAsUser = () => user.send('dynamodb:Scan', { TableName: params.table }).catch(() => undefined);

  /** The exit code, and the deny stage's finding. */
  const check = async (...args: string[]) => {
    const { url, administrator } = account.sandbox;
    const { code, stdout, stderr } = await labwright(['check', lab.id, ...args, '--json'], {
      cwd: folder.path,
      env: {
        AWS_ENDPOINT_URL: url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: administrator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
      },
    });
    expect(stdout, stderr).to.not.equal('');
    const { stages } = resultSchema.parse(JSON.parse(stdout));
    const [deny] = stages.find(({ id }) => id === 'deny')?.checks ?? [];
    if (!deny) throw new Error('The lab has no deny stage.');
    return { code, deny };
  };

  for (const args of [['--probe', 'key'], ['deny', '--probe', 'key'], [], ['deny', '--probe', 'history']]) {
    it(`is told how to prove what was never seen (check ${args.join(' ')})`, async function () {
      this.timeout(60_000);
      wait();
      await solve('grant');
      wait();
      const { deny } = await check(...args);
      expect(deny).to.include({ verdict: 'error', points: 0 });
      expect(deny.hint)
        .to.include(`labwright check ${lab.id} deny --probe history`)
        .and.to.include('undo the stage "grant"')
        .and.to.include(`labwright check ${lab.id} deny --probe key`);
    });
  }

  it('finds an earlier refusal in the history, once CloudTrail shows it', async function () {
    this.timeout(60_000);
    await readAsUser();
    await solve('grant');
    account.sandbox.clock.advance(60_000);
    expect((await check('--probe', 'history')).deny, 'after a minute').to.include({
      verdict: 'error',
      points: 0,
    });
    wait();
    for (const args of [
      ['--probe', 'history'],
      ['deny', '--probe', 'history'],
      ['deny'],
      ['--probe', 'key'],
    ]) {
      const { deny } = await check(...args);
      expect(deny, args.join(' ')).to.include({ verdict: 'pass', basis: 'history', points: 25 });
    }
  });

  it('passes once the grant is undone, tried, and given again', async function () {
    this.timeout(60_000);
    const before = await keyPolicy();
    wait();
    await solve('grant');
    wait();
    expect((await check('--probe', 'key')).deny.verdict).to.equal('error');

    await takeBack(before);
    wait();
    expect(await check('deny', '--probe', 'key')).to.deep.include({ code: 0 });
    await solve('grant');
    wait();
    const { deny } = await check('--probe', 'key');
    expect(deny).to.include({ verdict: 'pass', points: 25 });
  });

  it('begins anew with a user made again under the same name', async function () {
    this.timeout(60_000);
    wait();
    expect((await check('deny', '--probe', 'key')).deny).to.include({ verdict: 'pass', points: 25 });
    const { owner } = account;
    const { output } = await owner.send('iam:ListAccessKeys', { UserName: params.user });
    for (const { AccessKeyId } of output.AccessKeyMetadata as { AccessKeyId: string }[])
      await owner.send('iam:DeleteAccessKey', { UserName: params.user, AccessKeyId });
    const { output: attached } = await owner.send('iam:ListAttachedUserPolicies', { UserName: params.user });
    for (const { PolicyArn } of attached.AttachedPolicies as { PolicyArn: string }[])
      await owner.send('iam:DetachUserPolicy', { UserName: params.user, PolicyArn });
    await owner.send('iam:DeleteUser', { UserName: params.user });
    await solve('user');
    wait();
    await solve('grant');
    wait();
    const { deny } = await check('--probe', 'key');
    expect(deny).to.include({ verdict: 'error', points: 0 });
    expect(deny.standsFrom).to.equal(undefined);
  });
});
