import { defineCheck, NotJudged, z } from 'labwright';

/** "Point-in-time recovery for DynamoDB", Amazon DynamoDB developer guide. */
export const pointInTimeRecovery = defineCheck({
  id: 'table-safety/point-in-time-recovery',
  title: 'The table can be restored to any moment of the last days',
  calls: ['dynamodb:DescribeContinuousBackups'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
    days: z.coerce.number().int().min(1).max(35).default(35).describe('For how many days at least.'),
  }),
  outputs: z.object({ days: z.number() }),
  async run({ params, account, expect, found }) {
    const { table } = params;
    const { ContinuousBackupsDescription } = await found(
      account.call('dynamodb:DescribeContinuousBackups', { TableName: table }),
      `There is no table ${table} in ${account.region}.`,
    );
    const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    // Neither is a pass nor a fail: AWS did not say.
    if (!recovery)
      throw new NotJudged(`AWS says nothing of the recovery of ${table}.`, 'Run again in a minute.');
    expect(
      recovery.PointInTimeRecoveryStatus,
      `Point-in-time recovery of ${table} is ${recovery.PointInTimeRecoveryStatus}.`,
    ).to.equal('ENABLED');
    const days = recovery.RecoveryPeriodInDays ?? 35;
    expect(days, `The recovery of ${table} reaches back ${days} of ${params.days} days.`).to.be.at.least(
      params.days,
    );
    return { message: `${table} can be restored to any moment of the last ${days} days.`, outputs: { days } };
  },
});
