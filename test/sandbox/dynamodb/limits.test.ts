import { DescribeLimitsCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { Scene } from './scene.ts';

describe('the limits of an account', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.start();
  });

  after(() => scene.close());

  it('are the quotas that an account begins with', async () => {
    const { $metadata: _metadata, ...limits } = await scene.admin.dynamodb.send(
      new DescribeLimitsCommand({}),
    );
    expect(limits).to.deep.equal({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
  });

  it('are shown to those who may see them', async () => {
    const user = await scene.user('nobody', []);
    const denied = await refusal(user.dynamodb.send(new DescribeLimitsCommand({})));
    expect(denied.message).to.include(
      'is not authorized to perform: dynamodb:DescribeLimits on resource: * because no identity-based policy allows',
    );
  });
});
