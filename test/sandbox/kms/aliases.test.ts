import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, allow, allowUser, denied, region, Scene } from './scene.ts';

const aliasArn = (name: string) => `arn:aws:kms:${region}:${accountId}:${name}`;

describe('KMS aliases', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const targetOf = async (AliasName: string) =>
    (await scene.kms.describeKey({ KeyId: AliasName })).KeyMetadata?.KeyId;

  describe('CreateAlias', () => {
    it('gives a key a name, and ListAliases shows it', async () => {
      const { id } = await scene.key();
      await scene.kms.createAlias({ AliasName: 'alias/first', TargetKeyId: id });
      const { Aliases, Truncated } = await scene.kms.listAliases({ KeyId: id });
      expect(Truncated).to.equal(false);
      const [alias] = Aliases ?? [];
      expect(Aliases).to.deep.equal([
        {
          AliasName: 'alias/first',
          AliasArn: aliasArn('alias/first'),
          TargetKeyId: id,
          CreationDate: alias?.CreationDate,
          LastUpdatedDate: alias?.LastUpdatedDate,
        },
      ]);
      expect(alias?.CreationDate).to.be.a('date');
    });

    it('wants the prefix', async () => {
      const { id } = await scene.key();
      expect(await refusal(scene.kms.createAlias({ AliasName: 'no-prefix', TargetKeyId: id }))).to.deep.equal(
        {
          name: 'ValidationException',
          message:
            'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
          status: 400,
        },
      );
    });

    it('wants AWS own characters only', async () => {
      const { id } = await scene.key();
      const { message } = await refusal(scene.kms.createAlias({ AliasName: 'alias/a b', TargetKeyId: id }));
      expect(message).to.equal(
        "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
      );
    });

    it('keeps alias/aws/ for AWS', async () => {
      const { id } = await scene.key();
      const request = scene.kms.createAlias({ AliasName: 'alias/aws/mine', TargetKeyId: id });
      expect((await refusal(request)).name).to.equal('NotAuthorizedException');
    });

    it('refuses a name that is taken', async () => {
      const { id } = await scene.key();
      const other = await scene.key();
      await scene.kms.createAlias({ AliasName: 'alias/taken', TargetKeyId: id });
      expect(
        await refusal(scene.kms.createAlias({ AliasName: 'alias/taken', TargetKeyId: other.id })),
      ).to.deep.equal({
        name: 'AlreadyExistsException',
        message: `An alias with the name ${aliasArn('alias/taken')} already exists`,
        status: 400,
      });
    });

    it('stops at 50 aliases for a key', async () => {
      const { id } = await scene.key();
      for (let count = 0; count < 50; count++) {
        await scene.kms.createAlias({ AliasName: `alias/many-${count}`, TargetKeyId: id });
      }
      const request = scene.kms.createAlias({ AliasName: 'alias/many-50', TargetKeyId: id });
      expect((await refusal(request)).name).to.equal('LimitExceededException');
    });

    it('lets another Region have the same name', async () => {
      const { id } = await scene.key();
      await scene.kms.createAlias({ AliasName: 'alias/regional', TargetKeyId: id });
      const elsewhere = scene.client(scene.sandbox.administrator, 'us-east-2');
      const { KeyMetadata } = await elsewhere.createKey({});
      await elsewhere.createAlias({ AliasName: 'alias/regional', TargetKeyId: KeyMetadata?.KeyId });
      expect(await targetOf('alias/regional')).to.equal(id);
    });
  });

  describe('UpdateAlias', () => {
    it('points the alias at another key', async () => {
      const [one, two] = [await scene.key(), await scene.key()];
      await scene.kms.createAlias({ AliasName: 'alias/moving', TargetKeyId: one.id });
      scene.sandbox.clock.advance(1000);
      await scene.kms.updateAlias({ AliasName: 'alias/moving', TargetKeyId: two.arn });
      expect(await targetOf('alias/moving')).to.equal(two.id);
      expect((await scene.kms.listAliases({ KeyId: one.id })).Aliases).to.deep.equal([]);
      const [alias] = (await scene.kms.listAliases({ KeyId: two.id })).Aliases ?? [];
      expect(alias?.LastUpdatedDate).to.be.greaterThan(alias?.CreationDate ?? new Date());
    });

    it('does not change the kind of key', async () => {
      const symmetric = await scene.key();
      const hmac = await scene.key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
      await scene.kms.createAlias({ AliasName: 'alias/kind', TargetKeyId: symmetric.id });
      const request = scene.kms.updateAlias({ AliasName: 'alias/kind', TargetKeyId: hmac.id });
      expect((await refusal(request)).name).to.equal('ValidationException');
      expect(await targetOf('alias/kind')).to.equal(symmetric.id);
    });

    it('refuses an alias that does not exist', async () => {
      const { id } = await scene.key();
      expect(
        await refusal(scene.kms.updateAlias({ AliasName: 'alias/none', TargetKeyId: id })),
      ).to.deep.equal({
        name: 'NotFoundException',
        message: `Alias ${aliasArn('alias/none')} is not found.`,
        status: 400,
      });
    });
  });

  describe('DeleteAlias', () => {
    it('takes the name away and leaves the key', async () => {
      const { id } = await scene.key();
      await scene.kms.createAlias({ AliasName: 'alias/short', TargetKeyId: id });
      await scene.kms.deleteAlias({ AliasName: 'alias/short' });
      expect((await refusal(scene.kms.deleteAlias({ AliasName: 'alias/short' }))).message).to.equal(
        `Alias ${aliasArn('alias/short')} is not found.`,
      );
      expect((await scene.kms.describeKey({ KeyId: id })).KeyMetadata?.KeyState).to.equal('Enabled');
    });
  });

  describe('ListAliases', () => {
    it('goes through all aliases of the Region in pages', async () => {
      const fresh = await Scene.start();
      try {
        const { id } = await fresh.key();
        const names = ['alias/a', 'alias/b', 'alias/c', 'alias/d', 'alias/e'];
        for (const AliasName of names) await fresh.kms.createAlias({ AliasName, TargetKeyId: id });
        const seen: (string | undefined)[] = [];
        let Marker: string | undefined;
        do {
          const answer = await fresh.kms.listAliases({ Limit: 2, Marker });
          seen.push(...(answer.Aliases ?? []).map((alias) => alias.AliasName));
          Marker = answer.NextMarker;
        } while (Marker !== undefined);
        expect(seen).to.deep.equal(names);
      } finally {
        await fresh.close();
      }
    });
  });

  describe('aliases of AWS', () => {
    it('exist once their key does, and DescribeKey makes it', async () => {
      const fresh = await Scene.start();
      try {
        expect((await fresh.kms.listAliases({})).Aliases).to.deep.equal([]);
        const { KeyMetadata } = await fresh.kms.describeKey({ KeyId: 'alias/aws/dynamodb' });
        expect(KeyMetadata).to.include({
          KeyManager: 'AWS',
          Description: 'Default key that protects my DynamoDB data when no other key is defined',
          KeyState: 'Enabled',
        });
        const { Aliases } = await fresh.kms.listAliases({});
        expect(Aliases?.map((alias) => [alias.AliasName, alias.TargetKeyId])).to.deep.equal([
          ['alias/aws/dynamodb', KeyMetadata?.KeyId],
        ]);
        const again = await fresh.kms.describeKey({ KeyId: 'alias/aws/dynamodb' });
        expect(again.KeyMetadata?.KeyId).to.equal(KeyMetadata?.KeyId);
      } finally {
        await fresh.close();
      }
    });

    it('cannot be taken away, nor their keys be changed by the account', async () => {
      const { KeyMetadata } = await scene.kms.describeKey({ KeyId: 'alias/aws/dynamodb' });
      const KeyId = KeyMetadata?.KeyId;
      const request = scene.kms.deleteAlias({ AliasName: 'alias/aws/dynamodb' });
      expect((await refusal(request)).name).to.equal('NotAuthorizedException');
      expect(await refusal(scene.kms.disableKey({ KeyId }))).to.deep.equal(
        denied(
          'administrator',
          'kms:DisableKey',
          KeyMetadata?.Arn ?? '',
          'because no resource-based policy allows the kms:DisableKey action',
        ),
      );
      const { Policy } = await scene.kms.getKeyPolicy({ KeyId });
      expect(JSON.parse(Policy ?? '')).to.include({ Id: 'auto-dynamodb-1' });
    });

    it('do not exist for services that the sandbox does not have', async () => {
      expect((await refusal(scene.kms.describeKey({ KeyId: 'alias/aws/s3' }))).name).to.equal(
        'NotFoundException',
      );
    });
  });

  describe('permission', () => {
    const no = (type: string, action: string) => `because no ${type} policy allows the ${action} action`;

    it('is needed on the alias, by identity policy, and on the key', async () => {
      const onKey = await scene.user('alias-on-key');
      const onAlias = await scene.user('alias-on-alias', [allow('kms:*Alias', aliasArn('alias/*'))]);
      const onBoth = await scene.user('alias-on-both', [allow('kms:*Alias', aliasArn('alias/*'))]);
      const key = await scene.keyWith([
        allowUser('alias-on-key', 'kms:*Alias'),
        allowUser('alias-on-both', 'kms:*Alias'),
      ]);
      const wanted = { AliasName: 'alias/permitted', TargetKeyId: key.id };
      expect(await refusal(onKey.kms.createAlias(wanted))).to.deep.equal(
        denied(
          'alias-on-key',
          'kms:CreateAlias',
          aliasArn('alias/permitted'),
          no('identity-based', 'kms:CreateAlias'),
        ),
      );
      expect(await refusal(onAlias.kms.createAlias(wanted))).to.deep.equal(
        denied('alias-on-alias', 'kms:CreateAlias', key.arn, no('identity-based', 'kms:CreateAlias')),
      );
      await onBoth.kms.createAlias(wanted);

      const AliasName = 'alias/permitted';
      expect((await refusal(onAlias.kms.deleteAlias({ AliasName }))).name).to.equal('AccessDeniedException');
      await onBoth.kms.deleteAlias({ AliasName });
    });

    it('can depend on the caller, on the alias as on the key', async () => {
      const by = (account: string) =>
        allow('kms:CreateAlias', '*', { StringEquals: { 'kms:CallerAccount': account } });
      const own = await scene.user('alias-own-account', [by(accountId)]);
      const other = await scene.user('alias-other-account', [by('111122223333')]);
      const { id: TargetKeyId } = await scene.key();
      await own.kms.createAlias({ AliasName: 'alias/by-account', TargetKeyId });
      const request = other.kms.createAlias({ AliasName: 'alias/by-other-account', TargetKeyId });
      expect((await refusal(request)).name).to.equal('AccessDeniedException');
    });

    it('to move an alias is needed on the old and on the new key', async () => {
      const mover = await scene.user('alias-mover', [allow('kms:UpdateAlias', aliasArn('alias/*'))]);
      const open = await scene.keyWith([allowUser('alias-mover', 'kms:UpdateAlias')]);
      const alsoOpen = await scene.keyWith([allowUser('alias-mover', 'kms:UpdateAlias')]);
      const closed = await scene.key();
      const AliasName = 'alias/moved';
      await scene.kms.createAlias({ AliasName, TargetKeyId: open.id });
      expect(await refusal(mover.kms.updateAlias({ AliasName, TargetKeyId: closed.id }))).to.deep.equal(
        denied('alias-mover', 'kms:UpdateAlias', closed.arn, no('identity-based', 'kms:UpdateAlias')),
      );
      await mover.kms.updateAlias({ AliasName, TargetKeyId: alsoOpen.id });
      await scene.kms.updateAlias({ AliasName, TargetKeyId: closed.id });
      expect((await refusal(mover.kms.updateAlias({ AliasName, TargetKeyId: open.id }))).message).to.include(
        closed.arn,
      );
    });

    it('to list them is needed on *', async () => {
      const user = await scene.user('alias-lister');
      expect((await refusal(user.kms.listAliases({}))).message).to.match(
        /kms:ListAliases on resource: \* because no identity-based policy/,
      );
    });
  });
});
