import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { AccountAccess } from '../../../sandbox/sandbox.ts';
import { refusal } from '../refusal.ts';
import { Accounts, allow, type Clients, policy } from './scene.ts';

const Plaintext = Buffer.from('secret');

describe("another account's KMS key", () => {
  let accounts: Accounts;
  let owner: AccountAccess;
  let caller: AccountAccess;
  let ownerAdmin: Clients;

  before(async () => {
    accounts = await Accounts.start();
    owner = accounts.sandbox;
    caller = accounts.sandbox.addAccount();
    ownerAdmin = accounts.admin(owner);
  });
  after(() => accounts.sandbox.close());

  const keyFor = async (...statements: object[]): Promise<string> => {
    const root = {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${owner.account.id}:root` },
      Action: 'kms:*',
      Resource: '*',
    };
    const { KeyMetadata } = await ownerAdmin.kms.createKey({ Policy: policy(root, ...statements) });
    return KeyMetadata?.Arn ?? '';
  };
  const veiled = (arn: string, action: string): string =>
    `User: ${arn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;

  it('is used where its policy and the own account allow', async () => {
    const ann = await accounts.user(caller, 'ann', [allow('kms:*')]);
    const KeyId = await keyFor({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${caller.account.id}:root` },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey'],
      Resource: '*',
    });
    const { CiphertextBlob } = await ann.kms.encrypt({ KeyId, Plaintext });
    const opened = await ann.kms.decrypt({ KeyId, CiphertextBlob });
    expect(Buffer.from(opened.Plaintext ?? [])).to.deep.equal(Plaintext);
    expect((await ann.kms.describeKey({ KeyId })).KeyMetadata?.AWSAccountId).to.equal(owner.account.id);
    // What the owner reads was written under the owner's key.
    expect(Buffer.from((await ownerAdmin.kms.decrypt({ CiphertextBlob })).Plaintext ?? [])).to.deep.equal(
      Plaintext,
    );
    expect((await refusal(ann.kms.generateDataKey({ KeyId, KeySpec: 'AES_256' }))).message).to.equal(
      veiled(ann.arn, 'kms:GenerateDataKey'),
    );
  });

  it('is denied while either side does not allow', async () => {
    const writer = await accounts.user(caller, 'writer');
    const named = await keyFor({
      Effect: 'Allow',
      Principal: { AWS: writer.arn },
      Action: 'kms:Encrypt',
      Resource: '*',
    });
    const closed = await keyFor();
    expect(await refusal(writer.kms.encrypt({ KeyId: named, Plaintext }))).to.deep.equal({
      name: 'AccessDeniedException',
      message: `User: ${writer.arn} is not authorized to perform: kms:Encrypt on resource: ${named} because no identity-based policy allows the kms:Encrypt action`,
      status: 400,
    });
    await accounts.admin(caller).iam.putUserPolicy({
      UserName: 'writer',
      PolicyName: 'own',
      PolicyDocument: policy(allow('kms:Encrypt')),
    });
    await writer.kms.encrypt({ KeyId: named, Plaintext });
    expect((await refusal(writer.kms.encrypt({ KeyId: closed, Plaintext }))).message).to.equal(
      veiled(writer.arn, 'kms:Encrypt'),
    );
  });

  it('is not told apart from one that does not exist', async () => {
    const may = await accounts.user(caller, 'may', [allow('kms:DescribeKey')]);
    const mayNot = await accounts.user(caller, 'may-not');
    const closed = await keyFor();
    const missing = closed.replace(/[^/]+$/, randomUUID());
    const elsewhere = missing.replace(owner.account.id, '999999999999');
    for (const user of [may, mayNot]) {
      const answers = await Promise.all(
        [closed, missing, elsewhere].map(async (KeyId) => {
          const { message } = await refusal(user.kms.describeKey({ KeyId }));
          return message.replace(KeyId, '<key>');
        }),
      );
      expect(new Set(answers).size, answers.join('\n')).to.equal(1);
    }
  });

  it('cannot be managed, whatever its policy says', async () => {
    const KeyId = await keyFor({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${caller.account.id}:root` },
      Action: 'kms:*',
      Resource: '*',
    });
    await ownerAdmin.kms.createAlias({ AliasName: 'alias/owned', TargetKeyId: KeyId });
    const admin = accounts.admin(caller);
    const arn = `arn:aws:iam::${caller.account.id}:user/administrator`;
    const attempts: Record<string, Promise<unknown>> = {
      'kms:DisableKey': admin.kms.disableKey({ KeyId }),
      'kms:GetKeyPolicy': admin.kms.getKeyPolicy({ KeyId }),
      'kms:PutKeyPolicy': admin.kms.putKeyPolicy({ KeyId, Policy: policy() }),
      'kms:ScheduleKeyDeletion': admin.kms.scheduleKeyDeletion({ KeyId }),
      'kms:TagResource': admin.kms.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
      'kms:ListAliases': admin.kms.listAliases({ KeyId }),
    };
    for (const [action, attempt] of Object.entries(attempts)) {
      expect((await refusal(attempt)).message).to.equal(veiled(arn, action));
    }
    // The account's own name space stays its own: a bare id or alias means the caller's.
    const id = KeyId.slice(KeyId.lastIndexOf('/') + 1);
    expect((await refusal(admin.kms.describeKey({ KeyId: id }))).name).to.equal('NotFoundException');
    expect((await refusal(admin.kms.describeKey({ KeyId: 'alias/owned' }))).name).to.equal(
      'NotFoundException',
    );
    const aliasArn = KeyId.replace(/:key\/.*/, ':alias/owned');
    expect((await admin.kms.describeKey({ KeyId: aliasArn })).KeyMetadata?.Arn).to.equal(KeyId);
  });

  it("sees the caller's account in kms:CallerAccount", async () => {
    const stranger = await accounts.user(caller, 'stranger', [allow('kms:*')]);
    const everyone = (account: string): object => ({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:DescribeKey',
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': account } },
    });
    await stranger.kms.describeKey({ KeyId: await keyFor(everyone(caller.account.id)) });
    expect(
      (await refusal(stranger.kms.describeKey({ KeyId: await keyFor(everyone(owner.account.id)) }))).name,
    ).to.equal('AccessDeniedException');
  });

  it('opens to a role of its own account that the other account assumes', async () => {
    const KeyId = await keyFor();
    const role = await accounts.role(
      owner,
      'key-user',
      { Principal: { AWS: `arn:aws:iam::${caller.account.id}:root` } },
      [allow('kms:Encrypt', KeyId)],
    );
    const sts = accounts.admin(caller).sts;
    const { kms } = await accounts.session(sts, { RoleArn: role, RoleSessionName: 'visit' });
    await kms.encrypt({ KeyId, Plaintext });
    const session = `arn:aws:sts::${owner.account.id}:assumed-role/key-user/visit`;
    expect((await refusal(kms.describeKey({ KeyId }))).message).to.equal(
      `User: ${session} is not authorized to perform: kms:DescribeKey on resource: ${KeyId} because no identity-based policy allows the kms:DescribeKey action`,
    );
  });
});
