/** What is tried as somebody else changes nothing: only the form of a deletion that deletes nothing leaves the program. */
import { expect } from 'chai';
import { HarmfulProbe } from '../../checks/account.ts';
import type { CallName } from '../../checks/call.ts';
import { changesItems, onlyConditionFailed } from '../../checks/dynamodb/harmless-delete.ts';
import { type KeyedTable, partitionDelete } from '../../checks/dynamodb/table-keys.ts';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { Caller } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { RunAccount } from '../../runner/accounts/run-account.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const TableName = 'notes';
const Key = { owner: { S: 'ana' }, note: { N: '0' } };
const table: KeyedTable = {
  name: TableName,
  arn: `arn:aws:dynamodb:us-east-1:123456789012:table/${TableName}`,
  partitionKey: 'owner',
  sortKey: 'note',
  types: { owner: 'S', note: 'N' },
};
const harmless = partitionDelete(table, 'ana');

describe('a deletion that is only tried', () => {
  let account: SandboxAccount;
  before(async () => {
    account = await sandboxAccount();
    const { owner } = account;
    await owner.send('dynamodb:CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'owner', AttributeType: 'S' },
        { AttributeName: 'note', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'note', KeyType: 'RANGE' },
      ],
    });
    // The very item that the request names.
    await owner.send('dynamodb:PutItem', { TableName, Item: { ...Key, text: { S: 'Keep me' } } });
  });
  after(() => account.close());

  const accountOf = async (caller: Caller, calls: readonly CallName[] = ['dynamodb:DeleteItem']) =>
    new RunAccount({ check: 'test', calls, caller, identity: await identify(caller), evidence: [] });
  const caught = (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'answered',
      (error: unknown) => error,
    );

  it('deletes nothing, even for who may delete and of an item that is there', async () => {
    const owner = await accountOf(account.owner);
    const error = await caught(owner.call('dynamodb:DeleteItem', harmless));
    expect(onlyConditionFailed(error), String(error)).to.equal(true);
    const { output } = await account.owner.send('dynamodb:GetItem', { TableName, Key });
    expect(output.Item).to.deep.include({ text: { S: 'Keep me' } });
  });

  it('is refused to who may not delete, before the condition is looked at', async () => {
    const UserName = 'ana';
    await account.owner.send('iam:CreateUser', { UserName });
    const key = accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName }));
    const ana = await accountOf(account.callerFor(key));
    const error = await caught(ana.call('dynamodb:DeleteItem', harmless));
    expect(error).to.include({ code: 'AccessDeniedException' });
    expect(onlyConditionFailed(error)).to.equal(false);
  });

  it('leaves the program in no other form', async () => {
    const owner = await accountOf(account.owner, [
      'dynamodb:DeleteItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    account.newCalls();
    const forms: (() => Promise<unknown>)[] = [
      () => owner.call('dynamodb:DeleteItem', { TableName, Key }),
      () => owner.call('dynamodb:DeleteItem', { ...harmless, ConditionExpression: 'attribute_exists(#key)' }),
      () => owner.call('dynamodb:DeleteItem', { ...harmless, ConditionExpression: undefined }),
      () => owner.call('dynamodb:DeleteItem', { ...harmless, ReturnValues: 'ALL_OLD' }),
      () => owner.call('dynamodb:PutItem', { TableName, Item: Key }),
      () =>
        owner.call('dynamodb:UpdateItem', {
          TableName,
          Key,
          ConditionExpression: harmless.ConditionExpression,
        }),
    ];
    for (const form of forms) expect(await caught(form())).to.be.instanceOf(HarmfulProbe);
    expect(account.newCalls()).to.deep.equal([]);
  });

  it('does not stand in the way of reads', () => {
    for (const call of ['dynamodb:Query', 'dynamodb:Scan', 'iam:GetUser'])
      expect(changesItems(call, { TableName })).to.equal(false);
  });
});
