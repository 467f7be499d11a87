import { expect } from 'chai';
import { CallError } from '../../../checks/call.ts';
import type { Answer, Caller } from '../../../runner/accounts/caller.ts';
import { NoCredentials } from '../../../runner/accounts/no-credentials.ts';
import { examineAccount } from '../../../runner/doctor/account-items.ts';

const me = { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/me' };

/** Answers every call alike. */
function caller(region: string, answer: () => Record<string, unknown>): Caller {
  return {
    region,
    send: async (): Promise<Answer> => ({ output: answer() }),
    inRegion: () => caller(region, answer),
    close() {},
  };
}
const refuses =
  (code: string, status?: number, message = 'no') =>
  () => {
    throw new CallError('sts:GetCallerIdentity', { code, message, ...(status && { status }) });
  };
const whyNone = async () => ({ message: 'None.', advice: 'Get some.' });
const everywhere = caller('us-east-1', () => me);

describe('what an account says of credentials and Region', () => {
  it('tells a Region that is not enabled from an unknown key', async () => {
    const there = caller('ap-east-1', refuses('InvalidClientTokenId', 403));
    const { items, identity } = await examineAccount({ caller: there, everywhere, whyNone });
    expect(identity).to.equal(undefined);
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ id: 'region', state: 'missing' });
    expect(items[0]?.message).to.include('ap-east-1 is not enabled');

    const nowhere = caller('us-east-1', refuses('InvalidClientTokenId', 403));
    const unknown = await examineAccount({ caller: there, everywhere: nowhere, whyNone });
    expect(unknown.items[0]).to.include({ id: 'credentials', state: 'missing' });
  });

  it('tells a Region that does not exist from a network that does not work', async () => {
    const there = caller('eu-nowhere-1', refuses('ENOTFOUND'));
    const { items } = await examineAccount({ caller: there, everywhere, whyNone });
    expect(items[0]).to.include({ id: 'region', state: 'missing' });
    expect(items[0]?.message).to.include('no such Region');

    const offline = caller('us-east-1', refuses('ENOTFOUND'));
    const unknown = await examineAccount({ caller: there, everywhere: offline, whyNone });
    expect(unknown.items[0]).to.include({ state: 'unknown' });
    expect(unknown.items[0]?.message).to.include('was not answered (ENOTFOUND)');
  });

  it('says why there are no credentials', async () => {
    const none = caller('us-east-1', () => {
      throw new NoCredentials(
        'sts:GetCallerIdentity',
        { code: 'CredentialsProviderError', message: '' },
        'x',
      );
    });
    const { items } = await examineAccount({ caller: none, whyNone });
    expect(items).to.deep.equal([
      { id: 'credentials', state: 'missing', message: 'None.', advice: 'Get some.' },
    ]);
  });

  for (const [code, message, id, state] of [
    ['ExpiredToken', 'The security token included in the request is expired', 'credentials', 'missing'],
    ['SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier', 'clock', 'missing'],
    ['SignatureDoesNotMatch', 'The request signature we calculated', 'credentials', 'missing'],
    ['Throttling', 'Rate exceeded', 'credentials', 'unknown'],
  ] as const) {
    it(`puts ${code} (${message.slice(0, 20)}...) down to ${id}`, async () => {
      const { items } = await examineAccount({
        caller: caller('us-east-1', refuses(code, 403, message)),
        everywhere,
        whyNone,
      });
      expect(items).to.have.length(1);
      expect(items[0]).to.include({ id, state });
    });
  }
});
