/** The lab on a key's life, where AWS takes its time or nothing is left to be seen: no verdict for a wrong reason. */
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { CallName } from '../../checks/call.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { CheckResult } from '../../runner/result.ts';
import { realistic } from '../../sandbox/timing/timing.ts';
import { Learner } from '../support/check-on-sandbox.ts';
import { readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const folder = fileURLToPath(new URL('../../labs/rotate-and-retire-a-key/', import.meta.url));
const { lab, proof } = await readLab(folder);
const { params } = planRun(lab, {});
const minuteMs = 60_000;

describe("a key's life", function () {
  this.timeout(60_000);
  let account: SandboxAccount;
  let learner: Learner;
  beforeEach(async () => {
    account = await sandboxAccount();
    learner = new Learner(lab, account);
  });
  afterEach(() => account.close());

  const solve = async (...stages: string[]) => {
    for (const stage of stages) {
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
    }
  };
  /** How a stage stands once it is checked by itself. */
  const standing = async (stage: string): Promise<readonly CheckResult[]> => {
    const { stages } = await learner.check([stage]);
    return stages.find(({ id }) => id === stage)?.checks ?? [];
  };
  const only = async (stage: string): Promise<CheckResult> => {
    const [finding] = await standing(stage);
    if (!finding) throw new Error(`The stage ${stage} has no check.`);
    return finding;
  };
  const firstKey = async () => {
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: params.first });
    return (output.KeyMetadata as { KeyId: string }).KeyId;
  };
  const change = async (call: CallName) => account.owner.send(call, { KeyId: await firstKey() });
  const wait = (minutes: number) => account.sandbox.clock.advance(minutes * minuteMs);

  it('a table that DynamoDB still has the key of is no fail, and nobody passes by it', async () => {
    account.sandbox.setTiming({ tableKeyCacheMs: realistic.tableKeyCacheMs });
    await solve('key', 'table');
    await standing('table');
    await solve('disable');
    const soon = await only('disable');
    expect(soon).to.include({ verdict: 'error', points: 0 });
    expect(soon.message).to.include('is still answered, although the key');
    expect(soon.hint).to.include('five minutes');
    wait(6);
    expect(await only('disable')).to.include({ verdict: 'pass', basis: 'observed' });
  });

  it('a key that is to be deleted is not one that is disabled', async () => {
    await solve('key', 'table');
    await change('kms:ScheduleKeyDeletion');
    const finding = await only('disable');
    expect(finding).to.include({ verdict: 'fail' });
    expect(finding.message).to.include('its key is pending deletion');
  });

  it('a table that has moved away says nothing of the key', async () => {
    await solve('key', 'table');
    await account.owner.send('dynamodb:UpdateTable', {
      TableName: params.table,
      SSESpecification: { Enabled: false },
    });
    await solve('disable');
    const finding = await only('disable');
    expect(finding).to.include({ verdict: 'fail', actual: 'AWS owned key' });
  });

  it('a table that is marked as inaccessible is there all the same', async () => {
    account.sandbox.setTiming({ keyChecksMs: realistic.keyChecksMs });
    await solve('key', 'table', 'disable');
    wait(50);
    const status = async () =>
      (await account.owner.send('dynamodb:DescribeTable', { TableName: params.table })).output.Table;
    await status();
    await change('kms:EnableKey');
    expect(await status()).to.include({ TableStatus: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' });
    expect((await standing('table')).map(({ verdict }) => verdict)).to.deep.equal(['pass', 'pass', 'pass']);
  });

  it('a rotation that is in progress is waited for, and then not judged', async () => {
    account.sandbox.setTiming({ onDemandRotationMs: realistic.onDemandRotationMs });
    await solve('key');
    await change('kms:RotateKeyOnDemand');
    const during = await only('rotate');
    expect(during).to.include({ verdict: 'error', points: 0 });
    expect(during.message).to.include('is being rotated at this moment');
    wait(1);
    const after = await only('rotate');
    expect(after).to.include({ verdict: 'pass' });
    expect(after.outputs).to.include({ materials: 2 });
  });

  it('a cancelled deletion passes as soon as CloudTrail has it, and never fails before', async () => {
    account.sandbox.setTiming({ eventsMs: realistic.eventsMs });
    await solve('key', 'table', 'disable', 'replace', 'delete');
    const soon = await only('delete');
    expect(soon).to.include({ verdict: 'error', points: 0 });
    expect(soon.hint).to.include('a quarter of an hour');
    wait(6);
    expect(await only('delete')).to.include({ verdict: 'pass', basis: 'history', points: 10 });
    await change('kms:EnableKey');
    expect(await only('delete')).to.include({ verdict: 'pass' });
  });

  it('a key that was only disabled does not pass for one whose deletion was cancelled', async () => {
    await solve('key', 'table', 'disable', 'replace', 'disable');
    wait(60);
    const finding = await only('delete');
    expect(finding).to.include({ verdict: 'error', points: 0 });
    expect(finding.hint).to.include('only disabled it');
  });

  it("another key's cancelled deletion is not taken for this one's, and neither is one that was refused", async () => {
    await solve('key', 'table', 'disable', 'replace');
    const { output } = await account.owner.send('kms:CreateKey', {});
    const { KeyId } = output.KeyMetadata as { KeyId: string };
    await account.owner.send('kms:ScheduleKeyDeletion', { KeyId });
    await account.owner.send('kms:CancelKeyDeletion', { KeyId });
    await change('kms:CancelKeyDeletion').catch(() => undefined);
    const finding = await only('delete');
    expect(finding).to.include({ verdict: 'fail', actual: 'Enabled' });
  });

  it('the deletion of a key that still encrypts the table is too early', async () => {
    await solve('key', 'table', 'delete');
    const finding = await only('delete');
    expect(finding).to.include({ verdict: 'fail' });
    expect(finding.message).to.include(`${params.table} is encrypted under it`);
  });

  it('what was checked in its turn stays earned to the end, also once nothing is left', async () => {
    for (const { id } of lab.stages) {
      await solve(id);
      const verdicts = (await standing(id)).map(({ verdict }) => verdict);
      expect(verdicts, id).to.satisfy((all: string[]) => all.every((one) => one === 'pass'));
    }
    expect((await learner.check()).score).to.deep.equal({ points: 100, max: 100 });
    for (const AliasName of [params.alias, params.first, params.second]) {
      await account.owner.send('kms:DeleteAlias', { AliasName });
    }
    expect((await learner.check()).score).to.deep.equal({ points: 100, max: 100 });
  });

  it('what was done before the first check, and is undone, is not judged, and not failed', async () => {
    await solve('key', 'table', 'rotate', 'disable', 'replace', 'delete');
    const { stages, score } = await learner.check();
    const checks = stages.slice(0, -1).flatMap((stage) => stage.checks);
    expect(checks.filter(({ verdict }) => verdict === 'fail')).to.deep.equal([]);
    const open = checks.filter(({ verdict }) => verdict !== 'pass').map(({ check }) => check);
    expect(open).to.deep.equal(['kms/alias-target', 'dynamodb/table-encrypted', 'dynamodb/items-unreadable']);
    expect(score.points).to.equal(90 - 5 - 5 - 15);
  });

  it('keys that are made anew under the same names begin anew', async () => {
    await solve('key', 'table');
    await standing('key');
    await solve('disable');
    expect(await only('disable')).to.include({ verdict: 'pass' });
    await account.owner.send('dynamodb:DeleteTable', { TableName: params.table });
    for (const AliasName of [params.alias, params.first]) {
      await account.owner.send('kms:DeleteAlias', { AliasName });
    }
    await solve('key', 'table');
    expect(await only('disable')).to.include({ verdict: 'fail', points: 0 });
    await solve('replace');
    expect(await only('disable')).to.include({ verdict: 'error', points: 0 });
  });
});
