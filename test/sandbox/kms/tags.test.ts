import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { allow, Scene } from './scene.ts';

describe('KMS tags', () => {
  let scene: Scene;
  before(async () => {
    scene = await Scene.start();
  });
  after(() => scene.close());

  const tagsOf = async (KeyId: string) => (await scene.kms.listResourceTags({ KeyId })).Tags;

  it('are given with the key or later, replaced and taken away', async () => {
    const { id } = await scene.key({ Tags: [{ TagKey: 'tag1', TagValue: 'value1' }] });
    await scene.kms.tagResource({
      KeyId: id,
      Tags: [
        { TagKey: 'tag2', TagValue: 'value2' },
        { TagKey: 'tag1', TagValue: 'changed' },
      ],
    });
    expect(await tagsOf(id)).to.deep.equal([
      { TagKey: 'tag1', TagValue: 'changed' },
      { TagKey: 'tag2', TagValue: 'value2' },
    ]);
    await scene.kms.untagResource({ KeyId: id, TagKeys: ['tag1', 'tag2', 'never'] });
    expect(await tagsOf(id)).to.deep.equal([]);
  });

  it('are listed in pages', async () => {
    const Tags = Array.from({ length: 5 }, (_, at) => ({ TagKey: `tag${at}`, TagValue: '' }));
    const { id } = await scene.key({ Tags });
    const first = await scene.kms.listResourceTags({ KeyId: id, Limit: 4 });
    expect(first.Tags).to.have.length(4);
    expect(first.Truncated).to.equal(true);
    const second = await scene.kms.listResourceTags({ KeyId: id, Limit: 4, Marker: first.NextMarker });
    expect([...(first.Tags ?? []), ...(second.Tags ?? [])]).to.deep.equal(Tags);
    expect(second.Truncated).to.equal(false);
  });

  it('refuse duplicates, names of AWS and more than 50', async () => {
    const { id } = await scene.key();
    const tag = (TagKey: string) => ({ TagKey, TagValue: 'x' });
    for (const [Tags, message] of [
      [[tag('a'), tag('a')], 'Duplicate tag keys'],
      [[tag('AWS:mine')], 'Tags beginning with aws: are reserved'],
      [Array.from({ length: 51 }, (_, at) => tag(`t${at}`)), 'Too many tags'],
    ] as const) {
      expect(await refusal(scene.kms.tagResource({ KeyId: id, Tags: [...Tags] }))).to.deep.equal({
        name: 'TagException',
        message,
        status: 400,
      });
    }
    const long = 'x'.repeat(257);
    expect(
      (
        await refusal(
          scene.kms.tagResource({ KeyId: id, Tags: [tag('ok'), { TagKey: 'k', TagValue: long }] }),
        )
      ).message,
    ).to.equal(
      `1 validation error detected: Value '${long}' at 'tags.2.member.tagValue' failed to satisfy constraint: Member must have length less than or equal to 256`,
    );
    expect(await tagsOf(id)).to.deep.equal([]);
  });

  it('open and close a key where a policy goes by them', async () => {
    const user = await scene.user('tag-user', [
      allow('kms:DescribeKey', '*', { StringEquals: { 'aws:ResourceTag/team': 'a' } }),
    ]);
    const { id } = await scene.key();
    expect((await refusal(user.kms.describeKey({ KeyId: id }))).name).to.equal('AccessDeniedException');
    await scene.kms.tagResource({ KeyId: id, Tags: [{ TagKey: 'team', TagValue: 'a' }] });
    await user.kms.describeKey({ KeyId: id });
    await scene.kms.untagResource({ KeyId: id, TagKeys: ['team'] });
    expect((await refusal(user.kms.describeKey({ KeyId: id }))).name).to.equal('AccessDeniedException');
  });

  it('can be limited by key, in putting them on and in taking them away', async () => {
    const user = await scene.user('tag-limited', [
      allow(['kms:TagResource', 'kms:UntagResource'], '*', {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['allowed'] },
      }),
    ]);
    const { id } = await scene.key({ Tags: [{ TagKey: 'fixed', TagValue: '' }] });
    await user.kms.tagResource({ KeyId: id, Tags: [{ TagKey: 'allowed', TagValue: '' }] });
    const request = user.kms.tagResource({ KeyId: id, Tags: [{ TagKey: 'other', TagValue: '' }] });
    expect((await refusal(request)).name).to.equal('AccessDeniedException');
    expect((await refusal(user.kms.untagResource({ KeyId: id, TagKeys: ['fixed'] }))).name).to.equal(
      'AccessDeniedException',
    );
    await user.kms.untagResource({ KeyId: id, TagKeys: ['allowed'] });
  });
});

describe('KMS UpdateKeyDescription', () => {
  it('changes the description', async () => {
    const scene = await Scene.start();
    try {
      const { id } = await scene.key({ Description: 'before' });
      await scene.kms.updateKeyDescription({ KeyId: id, Description: 'after' });
      expect((await scene.kms.describeKey({ KeyId: id })).KeyMetadata?.Description).to.equal('after');
      const Description = 'x'.repeat(8193);
      expect((await refusal(scene.kms.updateKeyDescription({ KeyId: id, Description }))).message).to.match(
        /at 'description' failed to satisfy constraint: Member must have length less than or equal to 8192$/,
      );
    } finally {
      await scene.close();
    }
  });
});
