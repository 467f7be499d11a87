import { expect } from 'chai';
import { figuresOf } from '../../reports/view/figures.ts';
import type { CheckResult, Evidence, Result } from '../../runner/result.ts';
import {
  deniedScan,
  describeKey,
  describeTable,
  keyId,
  ownerArn,
  ownerScan,
  policyAfter,
  policyBefore,
  sampleCall,
  tableName,
  userArn,
} from './sample-calls.ts';
import { finding, sampleResult, stage } from './sample-result.ts';

/** A result of one stage with one finding that has this evidence. */
function resultWith(evidence: Evidence[], rest: Partial<CheckResult> = {}): Result {
  return sampleResult({
    stages: [stage('only', 'Only', 'Section', [finding('a/b', 'Title', { ...rest, evidence })])],
  });
}

const only = (evidence: Evidence[], rest?: Partial<CheckResult>) =>
  figuresOf(resultWith(evidence, rest)).ofStages(['only']);

describe('figures drawn from evidence', () => {
  it('stand in the sections of the stages they are drawn from', () => {
    const figures = figuresOf(sampleResult());
    expect(figures.ofStages(['key']).key?.id).to.equal(keyId);
    expect(figures.ofStages(['table']).table?.name).to.equal(tableName);
    expect(figures.ofStages(['data']).readings.map(({ principal }) => principal)).to.deep.equal([ownerArn]);
    expect(figures.ofStages(['user', 'deny']).denial?.principal).to.equal(userArn);
    expect(figures.ofStages(['grant']).policy?.summary).to.equal('2 lines added, none removed');
    expect(figures.ofStages(['grant']).readings.map(({ principal }) => principal)).to.deep.equal([userArn]);
    expect(figures.ofStages(['cleanup'])).to.deep.equal({
      key: undefined,
      table: undefined,
      readings: [],
      denial: undefined,
      policy: undefined,
    });
  });

  it('tell in order of time who read and who was refused', () => {
    const attempts = figuresOf(sampleResult()).access?.attempts.map(({ principalName, opened }) => [
      principalName,
      opened,
    ]);
    expect(attempts).to.deep.equal([
      ['lab-admin', true],
      ['nextwork-kms-user', false],
      ['nextwork-kms-user', true],
    ]);
  });

  it('are absent without evidence', () => {
    expect(figuresOf(resultWith([])).access).to.equal(undefined);
  });

  describe('the denial', () => {
    it('does not hide a later read when it was recorded before', () => {
      const record = {
        eventName: 'Decrypt',
        eventTime: '2026-11-20T10:00:00Z',
        errorCode: 'AccessDenied',
        errorMessage: deniedScan.error?.message,
        userIdentity: { arn: userArn },
      };
      const read = { ...ownerScan, principal: userArn };
      const looked = sampleCall('cloudtrail:LookupEvents', '59:00', {
        input: {},
        output: { Events: [{ CloudTrailEvent: JSON.stringify(record) }] },
      });
      const { readings } = only([read, looked], { basis: 'history' });
      expect(readings.map(({ principal }) => principal)).to.deep.equal([userArn]);
    });

    it('is drawn from CloudTrail’s record where the finding rests on it', () => {
      const record = {
        eventName: 'Decrypt',
        eventTime: '2026-11-20T10:00:00Z',
        requestID: 'request-7',
        errorCode: 'AccessDenied',
        errorMessage: deniedScan.error?.message.replace('KMS key access denied error: ', ''),
        userIdentity: { arn: userArn },
      };
      const looked = (records: object[]) =>
        sampleCall('cloudtrail:LookupEvents', '00:00', {
          input: {},
          output: { Events: records.map((one) => ({ CloudTrailEvent: JSON.stringify(one) })) },
        });
      const { errorMessage: _text, ...allowed } = record;
      const evidence = [looked([{}, allowed, record])];
      expect(only(evidence, { basis: 'history' }).denial).to.include({
        call: 'kms:Decrypt',
        code: 'AccessDenied',
        recorded: true,
        principal: userArn,
        requestId: 'request-7',
      });
      expect(only(evidence, { basis: 'observed' }).denial).to.equal(undefined);
      expect(only(evidence, { basis: 'history', verdict: 'error' }).denial).to.equal(undefined);
      expect(only([looked([{ ...record, userIdentity: 'x' }])], { basis: 'history' }).denial).to.equal(
        undefined,
      );
    });

    const answered = (error: Evidence['error']) =>
      sampleCall('dynamodb:Scan', '04:12', { principal: userArn, input: {}, error });

    it('holds what AWS said, taken apart', () => {
      expect(only([deniedScan]).denial).to.include({
        resource: describeKey.output && `arn:aws:kms:eu-west-1:111122223333:key/${keyId}`,
        reason: 'no identity-based policy allows the kms:Decrypt action',
        principalName: 'nextwork-kms-user',
      });
    });

    for (const verdict of ['fail', 'error', 'skip'] as const) {
      it(`is not drawn from a finding that says ${verdict}`, () => {
        expect(only([deniedScan], { verdict }).denial).to.equal(undefined);
      });
    }

    it('is not one of DynamoDB itself, or of another error', () => {
      const message = `User: ${userArn} is not authorized to perform: dynamodb:Scan on resource: x`;
      expect(only([answered({ code: 'AccessDeniedException', message })]).denial).to.equal(undefined);
      expect(only([answered({ code: 'ValidationException', message: 'kms:Decrypt' })]).denial).to.equal(
        undefined,
      );
    });

    it('names an explicit deny, and a resource in quotes', () => {
      const message = `KMS key access denied error: User: "${userArn}" is not authorized to perform: kms:Decrypt on resource: "arn:aws:kms:x" with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/Keep`;
      expect(only([answered({ code: 'AccessDeniedException', message })]).denial).to.include({
        resource: 'arn:aws:kms:x',
        reason: 'with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/Keep',
      });
    });
  });

  describe('the table', () => {
    const described = (encryption: Evidence['output']) =>
      only([
        sampleCall('dynamodb:DescribeTable', '02:00', {
          input: {},
          output: { Table: { TableName: 't', ...(encryption as object) } },
        }),
      ]).table;
    const way = (table: ReturnType<typeof described>) =>
      table?.rows.find(({ name }) => name === 'Encryption at rest')?.value;

    it('is shown as it settled', () => {
      const table = only([...describeTable, describeKey]).table;
      expect(table?.key).to.equal('alias/nextwork-kms-key');
      expect(way(table)).to.equal('Customer managed KMS key, alias/nextwork-kms-key');
    });

    it('has an AWS owned key when DynamoDB describes no encryption', () => {
      expect(way(described({}))).to.equal('AWS owned key, the default of DynamoDB');
    });

    it('does not pass off another key as the lab’s', () => {
      const SSEDescription = {
        Status: 'ENABLED',
        SSEType: 'KMS',
        KMSMasterKeyArn: 'arn:aws:kms:x:1:key/other',
      };
      expect(way(described({ SSEDescription }))).to.equal('A KMS key of this account');
      expect(way(described({ SSEDescription: { Status: 'UPDATING' } }))).to.equal(
        'Server-side, key not named yet',
      );
    });
  });

  describe('the items', () => {
    it('have the key attribute first and tell what is left out', () => {
      const items = Array.from({ length: 23 }, (_, index) => ({
        ...Object.fromEntries(
          Array.from({ length: 9 }, (_, column) => [`c${column}`, { N: String(column) }]),
        ),
        id: { S: String(index) },
      }));
      const scan = sampleCall('dynamodb:Scan', '03:00', {
        input: { TableName: tableName },
        output: { Items: items },
      });
      const [reading] = only([...describeTable, scan]).readings;
      expect(reading?.columns).to.deep.equal(['id', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
      expect(reading?.rows).to.have.length(20);
      expect(reading?.rows[1]?.slice(0, 2)).to.deep.equal(['1', '0']);
      expect(reading?.omitted).to.equal('Not shown: 3 more items and 2 more attributes.');
    });

    it('may be one item that was asked for by its key', () => {
      const get = sampleCall('dynamodb:GetItem', '03:00', {
        input: {},
        output: { Item: { id: { S: '1' } } },
      });
      expect(only([get]).readings[0]).to.deep.include({ amount: '1 item', rows: [['1']] });
    });

    it('of another principal are shown only behind a passed finding', () => {
      const scan = { ...ownerScan, principal: userArn };
      expect(only([scan]).readings).to.have.length(1);
      expect(only([scan], { verdict: 'fail' }).readings).to.deep.equal([]);
    });
  });

  describe('the key policy', () => {
    it('is compared between the first and the last time it was seen, in whatever order the findings stand', () => {
      const policy = only([describeKey, policyAfter, policyBefore]).policy;
      expect(policy?.lines.filter(({ kind }) => kind === 'added')).to.have.length(2);
      expect(policy?.before.clock).to.equal('10:04:02 UTC');
    });

    it('is not compared with the policy of another key', () => {
      const other = { ...policyAfter, input: { KeyId: 'another-key' } };
      expect(only([describeKey, policyBefore, other]).policy).to.equal(undefined);
    });

    it('is not shown when nothing changed', () => {
      expect(only([policyBefore, { ...policyBefore, at: policyAfter.at }]).policy).to.equal(undefined);
    });
  });
});
