/** A key that has several of the lab's aliases goes with all of them; one more that is not the lab's keeps it. */
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { identify } from '../../runner/accounts/identify.ts';
import { lookAtAll, removeAll } from '../../runner/clean/clean.ts';
import { thingsOf } from '../../runner/clean/things.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const folder = fileURLToPath(new URL('../../labs/rotate-and-retire-a-key/', import.meta.url));
const { lab, proof } = await readLab(folder);
const { params } = planRun(lab, {});

describe('cleaning up keys with several aliases', () => {
  let account: SandboxAccount;
  beforeEach(async () => {
    account = await sandboxAccount();
  });
  afterEach(() => account.close());

  const solve = async (...stages: string[]) => {
    for (const stage of stages)
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  };
  const clean = async () => {
    const identity = await identify(account.owner);
    const where = { id: identity.accountId, region: account.sandbox.region };
    const target = { caller: account.owner, identity };
    const things = thingsOf({ lab, settings: {}, attempts: [], account: where });
    const looked = await lookAtAll(things, target);
    const { signal } = new AbortController();
    const { outcomes } = await removeAll({ ...target, looked, agreed: () => true, signal, patienceMs: 2000 });
    return outcomes.map(({ thing, state }) => `${thing.name} ${state}`);
  };
  const aliases = async () =>
    ((await account.owner.send('kms:ListAliases', {})).output.Aliases as { AliasName: string }[])
      .map(({ AliasName }) => AliasName)
      .filter((name) => !name.startsWith('alias/aws/'));
  const keyOf = async (KeyId: string | undefined) =>
    (await account.owner.send('kms:DescribeKey', { KeyId })).output.KeyMetadata as {
      Arn: string;
      KeyState: string;
    };

  it('removes one key with two names, and what was not made is not missed', async () => {
    await solve('key', 'table');
    const { Arn } = await keyOf(params.first);
    expect(await clean()).to.deep.equal([
      `${params.table} gone`,
      `${params.first} gone`,
      `${params.second} absent`,
      `${params.alias} gone`,
    ]);
    expect(await aliases()).to.deep.equal([]);
    expect(await keyOf(Arn)).to.include({ KeyState: 'PendingDeletion' });
  });

  it('removes two keys, whichever of them the moving alias leads to', async () => {
    await solve('key', 'table', 'disable', 'replace');
    const keys = [await keyOf(params.first), await keyOf(params.second)];
    expect(await clean()).to.satisfy((all: string[]) => all.every((one) => one.endsWith(' gone')));
    expect(await aliases()).to.deep.equal([]);
    for (const { Arn } of keys) expect(await keyOf(Arn)).to.include({ KeyState: 'PendingDeletion' });
  });

  it('leaves a key that somebody else has a name for', async () => {
    await solve('key');
    const { Arn } = await keyOf(params.first);
    await account.owner.send('kms:CreateAlias', { AliasName: 'alias/payroll', TargetKeyId: Arn });
    expect(await clean()).to.include.members([`${params.first} left`, `${params.alias} left`]);
    expect(await keyOf(Arn)).to.include({ KeyState: 'Enabled' });
  });
});
