import { expect } from 'chai';
import { readKeyUses } from '../../checks/access/key-history.ts';
import type { Account } from '../../checks/account.ts';

const user = {
  userName: 'tester',
  userArn: 'arn:aws:iam::123456789012:user/tester',
  userId: 'AIDATESTER',
  keyArn: 'arn:aws:kms:us-east-1:123456789012:key/k',
  table: 'table',
};

function recorded(eventID: string, eventTime: string, refused: boolean) {
  const record = {
    eventID,
    eventTime,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    userIdentity: { arn: user.userArn, principalId: user.userId, invokedBy: 'dynamodb.amazonaws.com' },
    ...(refused
      ? {
          errorCode: 'AccessDenied',
          errorMessage: `User: ${user.userArn} is not authorized to perform: kms:Decrypt on resource: ${user.keyArn} because no identity-based policy allows the kms:Decrypt action`,
        }
      : {
          requestParameters: { encryptionContext: { 'aws:dynamodb:tableName': user.table } },
          resources: [{ ARN: user.keyArn }],
        }),
  };
  return { CloudTrailEvent: JSON.stringify(record) };
}

describe('the recorded uses of a key', () => {
  it('are told newest first, as CloudTrail tells them within one second', async () => {
    const Events = [
      recorded('let-in', '2026-01-01T00:00:09Z', false),
      recorded('refused', '2026-01-01T00:00:09Z', true),
      recorded('late', '2026-01-01T00:00:10Z', true),
      recorded('first', '2026-01-01T00:00:01Z', true),
    ];
    const account = { call: async () => ({ Events }) } as unknown as Account<'cloudtrail:LookupEvents'>;
    const uses = await readKeyUses(account, user);
    expect(uses.map(({ eventId }) => eventId)).to.deep.equal(['late', 'let-in', 'refused', 'first']);
  });
});
