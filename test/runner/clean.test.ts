/** What a sandbox does not do by itself while a lab is cleaned up: others' changes in between, lost answers, MFA devices. */
import { expect } from 'chai';
import { CallError, type CallName } from '../../checks/call.ts';
import type { Answer, Caller, Identity } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { lookAtAll, type Outcome, removeAll } from '../../runner/clean/clean.ts';
import type { Thing } from '../../runner/clean/made.ts';
import { thingsOf } from '../../runner/clean/things.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const { alias = '', table = '', user = '' } = params;

type Instead = Partial<Record<CallName, (input: object, send: () => Promise<Answer>) => Promise<Answer>>>;

describe('cleaning up', function () {
  this.timeout(30_000);
  let account: SandboxAccount;
  let identity: Identity;
  let things: Thing[];
  beforeEach(async () => {
    account = await sandboxAccount();
    identity = await identify(account.owner);
    const where = { id: identity.accountId, region: account.sandbox.region };
    things = thingsOf({ lab, settings: {}, attempts: [], account: where });
    for (const stage of ['key', 'table', 'user'])
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  });
  afterEach(() => account.close());

  /** The owner's calls, some of them answered otherwise. */
  const callerWith = (instead: Instead): Caller => {
    const { owner } = account;
    return {
      region: owner.region,
      send: (call, input) => {
        const send = () => owner.send(call, input);
        return instead[call]?.(input, send) ?? send();
      },
      inRegion: (region) => owner.inRegion(region),
      close: () => undefined,
    };
  };
  const clean = async (instead: Instead, between: () => Promise<unknown> = async () => undefined) => {
    const target = { caller: callerWith(instead), identity };
    const looked = await lookAtAll(things, target);
    await between();
    const { signal } = new AbortController();
    const { outcomes } = await removeAll({ ...target, looked, agreed: () => true, signal, patienceMs: 2000 });
    const of = (kind: string) => outcomes.find(({ thing }) => thing.kind === kind) as Outcome;
    return { table: of('dynamodb.table'), key: of('kms.key'), user: of('iam.user') };
  };
  const whyOf = (outcome: Outcome) => ('why' in outcome ? outcome.why.join('\n') : outcome.state);
  const fault = (call: CallName, code: string, status?: number) => async () => {
    throw new CallError(call, { code, message: 'No.', ...(status && { status }) });
  };

  it('leaves a user with an MFA device or an SSH key', async () => {
    const { user: told } = await clean({
      'iam:ListMFADevices': async () => ({
        output: { MFADevices: [{ SerialNumber: 'arn:aws:iam::123456789012:mfa/phone' }] },
      }),
      'iam:ListSSHPublicKeys': async () => ({
        output: { SSHPublicKeys: [{ SSHPublicKeyId: 'APKAEXAMPLE' }] },
      }),
    });
    expect(told.state).to.equal('left');
    expect(whyOf(told)).to.include('mfa/phone').and.to.include('APKAEXAMPLE');
    await account.owner.send('iam:GetUser', { UserName: user });
  });

  it('leaves a key with replicas and a table with replicas', async () => {
    const told = await clean({
      'kms:DescribeKey': async (_, send) => {
        const { output } = await send();
        const replicas = { ReplicaKeys: [{ Region: 'eu-west-1' }] };
        return {
          output: { KeyMetadata: { ...(output.KeyMetadata as object), MultiRegionConfiguration: replicas } },
        };
      },
      'dynamodb:DescribeTable': async (_, send) => {
        const { output } = await send();
        return {
          output: { Table: { ...(output.Table as object), Replicas: [{ RegionName: 'eu-west-1' }] } },
        };
      },
    });
    expect([told.table.state, told.key.state, told.user.state]).to.deep.equal(['left', 'left', 'gone']);
    expect(whyOf(told.key)).to.include('replicas in eu-west-1');
    expect(whyOf(told.table)).to.include('replicas in eu-west-1');
  });

  it('leaves what became another thing, or got more to it, after it was shown', async () => {
    const { owner } = account;
    const told = await clean({}, async () => {
      const { output } = await owner.send('kms:CreateKey', {});
      const { KeyId } = output.KeyMetadata as { KeyId: string };
      await owner.send('kms:UpdateAlias', { AliasName: alias, TargetKeyId: KeyId });
      await owner.send('iam:TagUser', { UserName: user, Tags: [{ Key: 'team', Value: 'pay' }] });
    });
    expect([told.table.state, told.key.state, told.user.state]).to.deep.equal(['gone', 'left', 'left']);
    expect(whyOf(told.key)).to.include('Something else has this name now');
    expect(whyOf(told.user)).to.include('team=pay');
    await owner.send('iam:GetUser', { UserName: user });
  });

  it('is content when somebody else removed a thing meanwhile', async () => {
    const told = await clean({}, () => account.owner.send('dynamodb:DeleteTable', { TableName: table }));
    expect(told.table.state).to.be.oneOf(['absent', 'gone']);
    expect(told.key.state).to.equal('gone');
  });

  it('says that a lost answer leaves it open, and what was done before; the others go on', async () => {
    const told = await clean({ 'iam:DeleteUser': fault('iam:DeleteUser', 'ECONNRESET') });
    expect([told.table.state, told.key.state, told.user.state]).to.deep.equal(['gone', 'gone', 'unknown']);
    expect(told.user.done).to.deep.equal(['detached the policy AmazonDynamoDBFullAccess_v2']);
  });

  it('leaves the key when its table was throttled and stays', async () => {
    const told = await clean({
      'dynamodb:DeleteTable': fault('dynamodb:DeleteTable', 'ThrottlingException', 400),
    });
    expect([told.table.state, told.key.state, told.user.state]).to.deep.equal(['left', 'left', 'gone']);
    expect(whyOf(told.key)).to.include(`the table ${table}`);
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: alias });
    expect((output.KeyMetadata as { KeyState: string }).KeyState).to.equal('Enabled');
  });

  it('waits for a table that is being changed, and says when it is not seen to go', async () => {
    let asked = 0;
    const told = await clean({
      'dynamodb:DeleteTable': (_, send) => {
        if (asked++ > 1) return send();
        return fault('dynamodb:DeleteTable', 'ResourceInUseException', 400)();
      },
    });
    expect(asked).to.equal(3);
    expect(told.table.state).to.equal('gone');
  });

  it('does not say gone of a table that stays in spite of the answer', async () => {
    const told = await clean({
      'dynamodb:DeleteTable': async () => ({ output: { TableDescription: { TableStatus: 'DELETING' } } }),
    });
    expect([told.table.state, told.key.state]).to.deep.equal(['unknown', 'left']);
    expect(whyOf(told.table)).to.include('still being deleted');
  });

  it('revokes a grant of nobody, and stays off one of another account', async () => {
    const grants = (GranteePrincipal: string) => ({
      'kms:ListGrants': async () => ({ output: { Grants: [{ GrantId: 'g1', GranteePrincipal }] } }),
      'kms:RevokeGrant': async () => ({ output: {} }),
    });
    const other = await clean(grants(`arn:aws:iam::999988887777:user/${user}`));
    expect(other.key.state).to.equal('left');
    expect(whyOf(other.key)).to.include('999988887777');
    const nobody = await clean(grants('AIDAVPBUR57OSESHJ7MVM'));
    expect(nobody.key.state).to.equal('gone');
    expect(nobody.key.done[0]).to.equal('revoked the grant g1');
  });
});
