import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CallError, type CallName } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import type { Answer, Caller } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a temporary access key', () => {
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let journalFolder: string;
  let journal: Journal;

  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    journalFolder = join(folder.path, 'keys');
    journal = new Journal(journalFolder);
    await account.owner.send('iam:CreateUser', { UserName: 'learner' });
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const prober = async () => {
    const { owner, callerFor } = account;
    return temporaryKeyProber({ owner, identity: await identify(owner), journal, callerFor });
  };
  const keys = async () => {
    const { output } = await account.owner.send('iam:ListAccessKeys', { UserName: 'learner' });
    return (output.AccessKeyMetadata as { AccessKeyId: string }[]).map((key) => key.AccessKeyId);
  };

  it('acts as the user, is journalled without its secret, made once, and gone at the end', async () => {
    const probes = await prober();
    const [acting, again] = await Promise.all([probes.actAs('learner'), probes.actAs('learner')]);
    expect(acting.identity.arn).to.match(/:user\/learner$/);
    expect(again).to.equal(acting);

    const [id] = await keys();
    const [name = ''] = await readdir(journalFolder);
    const written = await readFile(join(journalFolder, name), 'utf8');
    expect(await journal.entries()).to.have.length(1);
    expect(written)
      .to.include(id)
      .and.to.not.match(/secret/i);

    await probes.close();
    expect(await keys()).to.deep.equal([]);
    expect(await journal.entries()).to.deep.equal([]);
  });

  it('is not made where the user has two already, and nothing is deleted', async () => {
    await account.owner.send('iam:CreateAccessKey', { UserName: 'learner' });
    await account.owner.send('iam:CreateAccessKey', { UserName: 'learner' });
    const probes = await prober();
    const error = await probes.actAs('learner').then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(NotJudged);
    await probes.close();
    expect(await keys()).to.have.length(2);
  });

  it('that a killed run left behind is found and removed, and no other', async () => {
    await account.owner.send('iam:CreateAccessKey', { UserName: 'learner' });
    const [own] = await keys();
    await (await prober()).actAs('learner'); // and never closed
    expect(await keys()).to.have.length(2);

    const identity = await identify(account.owner);
    const removed = await removeLeftKeys({
      owner: account.owner,
      identity,
      journal: new Journal(journalFolder),
    });
    expect(removed).to.have.length(1);
    expect(await keys()).to.deep.equal([own]);
    expect(await journal.entries()).to.deep.equal([]);
  });

  it('whose id was never learned is found by what was there before', async () => {
    const identity = await identify(account.owner);
    await journal.put({
      accountId: identity.accountId,
      userName: 'learner',
      at: new Date().toISOString(),
      keysBefore: [],
    });
    await account.owner.send('iam:CreateAccessKey', { UserName: 'learner' });
    expect(await removeLeftKeys({ owner: account.owner, identity, journal })).to.have.length(1);
    expect(await keys()).to.deep.equal([]);
  });

  it('of another account is left to a run there', async () => {
    const identity = await identify(account.owner);
    await journal.put({
      accountId: '999999999999',
      userName: 'learner',
      at: '2026-11-22T10:00:00Z',
      keysBefore: [],
    });
    expect(await removeLeftKeys({ owner: account.owner, identity, journal })).to.deep.equal([]);
    expect(await journal.entries()).to.have.length(1);
  });

  /** The owner, with one answer put in the way. */
  const owner = (spoil: (call: CallName, ask: () => Promise<Answer>) => Promise<Answer>): Caller => ({
    region: account.owner.region,
    send: (call, input, times) => spoil(call, () => account.owner.send(call, input, times)),
    inRegion: (region) => account.owner.inRegion(region),
    close: () => undefined,
  });
  const probing = async (spoiled: Caller) =>
    temporaryKeyProber({
      owner: spoiled,
      identity: await identify(account.owner),
      journal,
      callerFor: account.callerFor,
    });

  it('is asked for once: when the answer is lost, the end of the run finds what was made', async () => {
    const lossy = owner(async (call, ask) => {
      const answer = await ask();
      if (call !== 'iam:CreateAccessKey') return answer;
      throw new CallError(call, { code: 'ECONNRESET', message: 'socket hang up' });
    });
    const probes = await probing(lossy);
    expect(await failure(probes.actAs('learner'))).to.include({ code: 'ECONNRESET' });
    await probes.close();
    expect(await keys()).to.deep.equal([]);
    expect(await journal.entries()).to.deep.equal([]);
  });

  it('whose answer was lost is looked for again while AWS may yet list it', async () => {
    const early = owner(async (call, ask) => {
      if (call === 'iam:CreateAccessKey')
        throw new CallError(call, { code: 'ECONNRESET', message: 'socket hang up' });
      return ask();
    });
    const probes = await probing(early);
    expect(await failure(probes.actAs('learner'))).to.include({ code: 'ECONNRESET' });
    await probes.close();
    const [entry] = await journal.entries();
    if (!entry) throw new Error('The entry is gone.');

    // What AWS lists only now is found by the next start.
    await account.owner.send('iam:CreateAccessKey', { UserName: 'learner' });
    const identity = await identify(account.owner);
    expect(await removeLeftKeys({ owner: account.owner, identity, journal })).to.have.length(1);
    expect(await keys()).to.deep.equal([]);
    expect(await journal.entries()).to.deep.equal([]);

    // What was never made is forgotten after a minute.
    await journal.put({ ...entry, at: new Date(Date.now() - 61_000).toISOString() });
    expect(await removeLeftKeys({ owner: account.owner, identity, journal })).to.deep.equal([]);
    expect(await journal.entries()).to.deep.equal([]);
  });

  it('is asked for again when AWS throttled that', async () => {
    const probes = await prober();
    account.sandbox.setWeather({ throttled: 0.5, seed: 3 });
    await probes.actAs('learner');
    account.sandbox.setWeather({ throttled: 0 });
    await probes.close();
    expect(await keys()).to.deep.equal([]);
    expect(await journal.entries()).to.deep.equal([]);
  });

  it('of two runs at a time is noted by both', async () => {
    const entry = { accountId: '123456789012', userName: 'learner', keysBefore: [] };
    const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString();
    const other = new Journal(journalFolder);
    await Promise.all([journal.put({ ...entry, at: at(1) }), other.put({ ...entry, at: at(2) })]);
    expect(await journal.entries()).to.have.length(2);
    await other.strike({ ...entry, at: at(2) });
    expect(await journal.entries()).to.deep.equal([{ ...entry, at: at(1) }]);
  });

  it('is not forgotten while AWS still lists it', async () => {
    let refused = false;
    const forgetful = owner((call, ask) => {
      if (call !== 'iam:DeleteAccessKey' || refused) return ask();
      refused = true;
      return Promise.reject(
        new CallError(call, { code: 'NoSuchEntity', message: 'not known here yet', status: 404 }),
      );
    });
    const probes = await probing(forgetful);
    await probes.actAs('learner');
    expect(await failure(probes.close())).to.include({ code: 'NoSuchEntity' });
    expect(await journal.entries()).to.have.length(1);
    await removeLeftKeys({ owner: account.owner, identity: await identify(account.owner), journal });
    expect(await keys()).to.deep.equal([]);
  });

  it('is deleted at once when it cannot be written down, and made no more after the end', async () => {
    const puts = journal.put.bind(journal);
    journal.put = (entry) => (entry.accessKeyId ? Promise.reject(new Error('disk full')) : puts(entry));
    const probes = await prober();
    expect(await failure(probes.actAs('learner'))).to.include({ message: 'disk full' });
    expect(await keys()).to.deep.equal([]);
    await probes.close();
    expect(await failure(probes.actAs('learner'))).to.be.instanceOf(NotJudged);
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}
