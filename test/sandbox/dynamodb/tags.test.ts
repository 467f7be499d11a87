import {
  CreateTableCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, Scene, simpleTable } from './scene.ts';

const ResourceArn = `arn:aws:dynamodb:${region}:${accountId}:table/tagged`;
const numbered = (count: number): Tag[] =>
  Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: 'value' }));

describe('tags of a table', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
    await scene.table('tagged', { Tags: [{ Key: 'owner', Value: 'ada' }] });
  });

  afterEach(() => scene.close());

  const tag = (Tags: Tag[], arn = ResourceArn) =>
    scene.admin.dynamodb.send(new TagResourceCommand({ ResourceArn: arn, Tags }));
  const untag = (TagKeys: string[]) =>
    scene.admin.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
  const list = async () =>
    (await scene.admin.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;

  it('are set with the table, replaced, added and removed', async () => {
    await tag([
      { Key: 'owner', Value: 'grace' },
      { Key: 'stage', Value: '' },
    ]);
    expect(await list()).to.have.deep.members([
      { Key: 'owner', Value: 'grace' },
      { Key: 'stage', Value: '' },
    ]);
    await untag(['owner', 'never-there']);
    expect(await list()).to.deep.equal([{ Key: 'stage', Value: '' }]);
  });

  const refused: [string, Tag[], string][] = [
    ['none', [], 'Atleast one Tag needs to be provided as Input.'],
    ['an empty key', [{ Key: '', Value: 'x' }], 'The Tag Key provided is invalid, Key: '],
    ['a comma', [{ Key: 'a', Value: 'a,b' }], 'The Tag Value provided is invalid, Value: a,b'],
    ['the prefix aws:', [{ Key: 'aws:x', Value: 'x' }], 'Tag Key cannot be prefixed with aws:, Key: aws:x'],
    [
      'a key twice',
      [
        { Key: 'dup', Value: '1' },
        { Key: 'dup', Value: '2' },
      ],
      'Duplicate Tag Keys provided as input: Duplicate Tag Key found dup',
    ],
    [
      'a good one beside a bad one',
      [
        { Key: 'good', Value: '1' },
        { Key: 'bad#', Value: '2' },
      ],
      'The Tag Key provided is invalid, Key: bad#',
    ],
    ['fifty more', numbered(50), 'Number of Tags exceed the current limit for the provided ResourceArn'],
  ];
  for (const [what, tags, message] of refused) {
    it(`are refused, all of them: ${what}`, async () => {
      expect(await refusal(tag(tags))).to.deep.equal({ name: 'ValidationException', message, status: 400 });
      expect(await list()).to.deep.equal([{ Key: 'owner', Value: 'ada' }]);
    });
  }

  it('are refused with the whole table', async () => {
    expect(await refusal(scene.table('never', { Tags: numbered(51) }))).to.include({
      name: 'ValidationException',
    });
    const described = scene.admin.dynamodb.send(new DescribeTableCommand({ TableName: 'never' }));
    expect((await refusal(described)).name).to.equal('ResourceNotFoundException');
  });

  it('belong to a table that is there', async () => {
    const missing = `${ResourceArn}-not`;
    expect(await refusal(tag([{ Key: 'a', Value: 'b' }], missing))).to.deep.equal({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: ResourceArn: ${missing} not found`,
      status: 400,
    });
    expect((await refusal(tag([{ Key: 'a', Value: 'b' }], 'tagged'))).message).to.equal(
      'Invalid TableArn: Invalid ResourceArn provided as input tagged',
    );
  });

  it('take a permission of their own, on a new table too', async () => {
    const user = await scene.user('creator', [
      { Effect: 'Allow', Action: 'dynamodb:CreateTable', Resource: '*' },
    ]);
    const create = (Tags: Tag[]) =>
      user.dynamodb.send(new CreateTableCommand({ ...simpleTable('new-table'), Tags }));
    expect((await refusal(create([{ Key: 'a', Value: 'b' }]))).message).to.contain('dynamodb:TagResource');
    await create([]);
  });

  it('of a new table, and those added or removed, can be prescribed', async () => {
    const user = await scene.user('creator', [
      {
        Effect: 'Allow',
        Action: ['dynamodb:CreateTable', 'dynamodb:TagResource'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestTag/owner': 'ada' } },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:UntagResource',
        Resource: '*',
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage'] } },
      },
    ]);
    const create = (Tags: Tag[]) =>
      user.dynamodb.send(new CreateTableCommand({ ...simpleTable('new-table'), Tags }));
    const untagAs = (TagKeys: string[]) =>
      user.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
    const tagAs = (Tags: Tag[]) => user.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }));
    const owner = { Key: 'owner', Value: 'ada' };
    const stage = { Key: 'stage', Value: 'test' };
    for (const denied of [create([]), create([stage]), tagAs([stage]), untagAs(['stage', 'owner'])]) {
      expect((await refusal(denied)).name).to.equal('AccessDeniedException');
    }
    await create([owner, stage]);
    await tagAs([owner, stage]);
    await untagAs(['stage']);
  });

  it('decide what a policy allows', async () => {
    const user = await scene.user('ada', [
      {
        Effect: 'Allow',
        Action: 'dynamodb:DescribeTable',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/owner': 'ada' } },
      },
    ]);
    const describeTable = () => user.dynamodb.send(new DescribeTableCommand({ TableName: 'tagged' }));
    await describeTable();
    await tag([{ Key: 'owner', Value: 'grace' }]);
    expect((await refusal(describeTable())).name).to.equal('AccessDeniedException');
  });
});
