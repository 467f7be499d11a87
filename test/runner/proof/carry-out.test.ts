import { expect } from 'chai';
import { carryOut } from '../../../runner/proof/carry-out.ts';
import { proofSchema } from '../../../runner/proof/schema.ts';
import { type SandboxAccount, sandboxAccount } from '../../support/sandbox-account.ts';

describe('a step that AWS is to refuse', () => {
  let account: SandboxAccount;
  before(async () => {
    account = await sandboxAccount();
  });
  after(() => account.close());

  const outcome = (...steps: object[]) => {
    const { solution = [] } = proofSchema.parse({ stage: { solution: steps } }).stage ?? {};
    return carryOut({ steps: solution, caller: account.owner, params: {} }).then(
      () => 'carried out',
      (error: Error) => error.message,
    );
  };
  const key = {
    'kms.CreateKey': { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    keep: { key: 'KeyMetadata.KeyId' },
  };
  const encrypt = { 'kms.Encrypt': { KeyId: '${key}', Plaintext: 'x' } };

  it('is carried out when it is refused so, and what follows it as well', async () => {
    const also = {
      'kms.DescribeKey': { KeyId: '${key}' },
      until: { 'KeyMetadata.Enabled': true },
    };
    expect(await outcome(key, { ...encrypt, fails: 'InvalidKeyUsageException' }, also)).to.equal(
      'carried out',
    );
  });

  it('is an error when it is answered, or refused for another reason', async () => {
    expect(await outcome({ 'kms.CreateKey': {}, fails: 'InvalidKeyUsageException' })).to.include(
      'was answered',
    );
    expect(await outcome(key, { ...encrypt, fails: 'DisabledException' })).to.include(
      'key usage is SIGN_VERIFY',
    );
  });
});
