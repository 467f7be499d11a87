import {
  DescribeContinuousBackupsCommand,
  type PointInTimeRecoverySpecification,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { Scene } from './scene.ts';

const TableName = 'ledger';
const dayMs = 24 * 60 * 60 * 1000;

describe('continuous backups', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
    await scene.table(TableName);
  });

  afterEach(() => scene.close());

  async function read(tableName = TableName) {
    const command = new DescribeContinuousBackupsCommand({ TableName: tableName });
    return (await scene.admin.dynamodb.send(command)).ContinuousBackupsDescription;
  }

  async function update(specification: Partial<PointInTimeRecoverySpecification>) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true, ...specification };
    const command = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
    return (await scene.admin.dynamodb.send(command)).ContinuousBackupsDescription;
  }

  const off = {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  };

  it('are there without point-in-time recovery', async () => {
    expect(await read()).to.deep.equal(off);
  });

  it('recover to any point since it was turned on, 35 days at most', async () => {
    const answer = await update({});
    const { EarliestRestorableDateTime: since } = answer?.PointInTimeRecoveryDescription ?? {};
    expect(answer).to.deep.equal({
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        EarliestRestorableDateTime: since,
        LatestRestorableDateTime: since,
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 35,
      },
    });
    const window = async () => {
      const { EarliestRestorableDateTime: from, LatestRestorableDateTime: to } =
        (await read())?.PointInTimeRecoveryDescription ?? {};
      return (to?.getTime() ?? 0) - (from?.getTime() ?? 0);
    };
    scene.sandbox.clock.advance(dayMs);
    expect(await window()).to.be.closeTo(dayMs - 5 * 60 * 1000, 60_000);
    scene.sandbox.clock.advance(99 * dayMs);
    expect(await window()).to.be.closeTo(35 * dayMs - 5 * 60 * 1000, 60_000);
    await update({ RecoveryPeriodInDays: 2 });
    expect(await window()).to.be.closeTo(2 * dayMs - 5 * 60 * 1000, 60_000);
    expect(await update({ PointInTimeRecoveryEnabled: false })).to.deep.equal(off);
  });

  it('refuse a period that is too long, and tables that are not there or not ready', async () => {
    expect((await refusal(update({ RecoveryPeriodInDays: 36 }))).message).to.include(
      "Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays'",
    );
    expect(await refusal(read('nowhere'))).to.include({
      name: 'TableNotFoundException',
      message: 'Table not found: nowhere',
    });
    scene.sandbox.setTiming({ tableCreationMs: 5_000 });
    await scene.table('young');
    expect((await refusal(read('young'))).name).to.equal('ContinuousBackupsUnavailableException');
  });

  it('ask for permission', async () => {
    const user = await scene.user('nobody', []);
    const denied = await refusal(user.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })));
    expect(denied.message).to.include('is not authorized to perform: dynamodb:DescribeContinuousBackups');
  });
});
