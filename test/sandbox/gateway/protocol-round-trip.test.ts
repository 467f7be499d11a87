import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sts from '@aws-sdk/client-sts';
import { expect } from 'chai';
import fc from 'fast-check';
import { addressedService } from '../../../sandbox/gateway/addressed-service.ts';
import { awsJson } from '../../../sandbox/protocol/aws-json.ts';
import { awsQuery } from '../../../sandbox/protocol/aws-query.ts';
import { dynamodb as dynamodbService } from '../../../sandbox/services/dynamodb/service.ts';
import { wire } from '../../../sandbox/services/dynamodb/wire.ts';
import { schemaValue } from './schema-values.ts';
import { operationsOf, SdkProtocol } from './sdk-protocol.ts';

const config = {
  region: 'us-east-1',
  endpoint: 'http://localhost',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
};

/** Values that fit the schemas alone: no service takes them all. */
const dynamodbServer = awsJson({ ...wire, constraints: undefined });

const services = [
  {
    name: 'IAM',
    server: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
    client: new SdkProtocol(new iam.IAMClient(config)),
    operations: operationsOf(iam),
    atLeast: 180,
  },
  {
    name: 'STS',
    server: awsQuery('https://sts.amazonaws.com/doc/2011-06-15/'),
    client: new SdkProtocol(new sts.STSClient(config)),
    operations: operationsOf(sts),
    atLeast: 11,
  },
  {
    name: 'KMS',
    server: awsJson({ version: '1.1' }),
    client: new SdkProtocol(new kms.KMSClient(config)),
    operations: operationsOf(kms),
    atLeast: 56,
  },
  {
    name: 'DynamoDB',
    server: dynamodbServer,
    client: new SdkProtocol(new dynamodb.DynamoDBClient(config)),
    operations: operationsOf(dynamodb),
    atLeast: 62,
  },
  {
    name: 'CloudTrail',
    server: awsJson({ version: '1.1' }),
    client: new SdkProtocol(new cloudtrail.CloudTrailClient(config)),
    operations: operationsOf(cloudtrail),
    atLeast: 60,
  },
];

/** Generated values per operation and direction. */
const numRuns = 15;

for (const { name, server, client, operations, atLeast } of services) {
  describe(`${name} over the wire`, function () {
    this.timeout(60_000);

    it(`knows the operations of the SDK`, () => {
      expect(operations.length).to.be.at.least(atLeast);
    });

    it('reads every input as the SDK wrote it, under the name that the SDK gave', async () => {
      for (const schema of operations) {
        await fc.assert(
          fc.asyncProperty(schemaValue(schema[4]), async (input) => {
            const request = await client.request(schema, input);
            expect(addressedService(request)).to.equal(name.toLowerCase());
            expect(server.operationName(request)).to.equal(schema[2]);
            expect(await server.parse(schema, 'schema', request), schema[2]).to.deep.equal(input);
          }),
          { numRuns },
        );
      }
    });

    it('writes every output so that the SDK reads the same', async () => {
      for (const schema of operations) {
        await fc.assert(
          fc.asyncProperty(schemaValue(schema[5]), async (output) => {
            const answer = server.serialise(schema, 'schema', output, 'request-id');
            expect(await client.output(schema, answer), schema[2]).to.deep.equal(output);
          }),
          { numRuns },
        );
      }
    });
  });
}

describe('DynamoDB items over the wire, which no schema reads', function () {
  this.timeout(60_000);
  const server = dynamodbServer;
  const client = new SdkProtocol(new dynamodb.DynamoDBClient(config));
  const items = Object.values(dynamodbService.operations).filter(({ body }) => body === 'json');

  it('are those of ten operations', () => {
    expect(items.map(({ schema }) => schema[2])).to.include.members([
      'GetItem',
      'TransactWriteItems',
      'Scan',
    ]);
    expect(items).to.have.length.of.at.least(10);
  });

  it('come as the JSON that the SDK wrote', async () => {
    for (const { schema } of items) {
      await fc.assert(
        fc.asyncProperty(schemaValue(schema[4]), async (input) => {
          const request = await client.request(schema, input);
          const json = await server.parse(schema, 'json', request);
          const body = Buffer.from(JSON.stringify(json));
          expect(await server.parse(schema, 'schema', { ...request, body }), schema[2]).to.deep.equal(input);
        }),
        { numRuns },
      );
    }
  });

  it('go as JSON that the SDK reads as the same', async () => {
    for (const { schema } of items) {
      await fc.assert(
        fc.asyncProperty(schemaValue(schema[5]), async (output) => {
          const json: unknown = JSON.parse(
            server.serialise(schema, 'schema', output, 'id').body.toString('utf8'),
          );
          const answer = server.serialise(schema, 'json', json, 'request-id');
          expect(await client.output(schema, answer), schema[2]).to.deep.equal(output);
        }),
        { numRuns },
      );
    }
  });
});
