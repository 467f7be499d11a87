/** What CloudTrail's records say of a user's access to a key, and what they do not. */
import { expect } from 'chai';
import { type keyHistoryCalls, readKeyUses } from '../../checks/access/key-history.ts';
import type { Account } from '../../checks/account.ts';

const user = {
  userName: 'reader',
  userArn: 'arn:aws:iam::123456789012:user/reader',
  userId: 'AIDAREADER',
  keyArn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  table: 'orders',
};
const allowed = {
  eventID: 'event-1',
  eventTime: '2026-11-22T10:00:00Z',
  requestID: 'request-1',
  eventSource: 'kms.amazonaws.com',
  eventName: 'Decrypt',
  userIdentity: { arn: user.userArn, principalId: user.userId, invokedBy: 'dynamodb.amazonaws.com' },
  requestParameters: { encryptionContext: { 'aws:dynamodb:tableName': 'orders' } } as object | null,
  resources: [{ ARN: user.keyArn }] as object[] | undefined,
};
const refused = {
  ...allowed,
  errorCode: 'AccessDenied',
  errorMessage: `User: ${user.userArn} is not authorized to perform: kms:Decrypt on resource: ${user.keyArn} because no identity-based policy allows the kms:Decrypt action`,
  requestParameters: null,
  resources: undefined,
};

/** An account whose history has these records, so many on a page. */
function accountWith(records: readonly unknown[], pageSize = 50) {
  const asked: (string | undefined)[] = [];
  const account = {
    async call(_name: string, { NextToken }: { NextToken?: string }) {
      asked.push(NextToken);
      const from = Number(NextToken ?? 0);
      const texts = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
      return {
        Events: texts.slice(from, from + pageSize).map((CloudTrailEvent) => ({ CloudTrailEvent })),
        ...(from + pageSize < records.length && { NextToken: String(from + pageSize) }),
      };
    },
  } as unknown as Account<(typeof keyHistoryCalls)[number]>;
  return { account, asked };
}
const uses = (...records: unknown[]) => readKeyUses(accountWith(records).account, user);

describe('the history of a key', () => {
  it('tells refusals from permissions, the newest first', async () => {
    const later = { ...allowed, eventID: 'event-2', eventTime: '2026-11-22T11:00:00Z' };
    expect(await uses(refused, later)).to.deep.equal([
      { eventId: 'event-2', at: '2026-11-22T11:00:00Z', requestId: 'request-1' },
      {
        eventId: 'event-1',
        at: '2026-11-22T10:00:00Z',
        requestId: 'request-1',
        refused: 'no identity-based policy allows the kms:Decrypt action',
      },
    ]);
  });

  it('leaves the order of one second as CloudTrail gives it, the newest first', async () => {
    const first = { ...allowed, eventID: 'event-0', eventTime: '2026-11-22T09:00:00Z' };
    const seen = await uses({ ...allowed, eventID: 'event-2' }, refused, first);
    expect(seen.map(({ eventId }) => eventId)).to.deep.equal(['event-2', 'event-1', 'event-0']);
  });

  for (const [what, record] of Object.entries({
    'another user of the same name': {
      ...refused,
      userIdentity: { ...refused.userIdentity, principalId: 'AIDAOTHER' },
    },
    'a call that the user made itself': {
      ...refused,
      userIdentity: { ...refused.userIdentity, invokedBy: undefined },
    },
    'a call through another service': {
      ...refused,
      userIdentity: { ...refused.userIdentity, invokedBy: 's3.amazonaws.com' },
    },
    'another operation': { ...refused, eventName: 'GenerateDataKey' },
    'another service': { ...refused, eventSource: 'dynamodb.amazonaws.com' },
    'a refusal for another reason than access': { ...refused, errorCode: 'DisabledException' },
    'a refusal that names another key': {
      ...refused,
      errorMessage: refused.errorMessage.replace('1234abcd', '9999abcd'),
    },
    'a refusal of another action': {
      ...refused,
      errorMessage: refused.errorMessage.replace('kms:Decrypt on', 'kms:DescribeKey on'),
    },
    'a refusal without a text': { ...refused, errorMessage: undefined },
    'a permission for another key': { ...allowed, resources: [{ ARN: `${user.keyArn}0` }] },
    'a permission for another table': {
      ...allowed,
      requestParameters: { encryptionContext: { 'aws:dynamodb:tableName': 'others' } },
    },
    'a permission without parameters': { ...allowed, requestParameters: null },
    'what is not JSON': '{"eventName":"Decrypt"',
    'what is no record': '"text"',
    nothing: 'null',
  })) {
    it(`does not take ${what} for the user's access`, async () => {
      expect(await uses(record)).to.deep.equal([]);
    });
  }

  it('is read page by page, to an end', async () => {
    const records = Array.from({ length: 120 }, (_, at) => ({ ...refused, eventID: `event-${at}` }));
    const { account, asked } = accountWith(records);
    expect(await readKeyUses(account, user)).to.have.length(120);
    expect(asked).to.deep.equal([undefined, '50', '100']);
    const endless = accountWith(records, 1);
    expect(await readKeyUses(endless.account, user)).to.have.length(10);
  });
});
