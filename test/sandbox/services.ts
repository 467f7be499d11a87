/** The five services: the sandbox's half, and the names of all operations that the SDK knows. */
import * as cloudtrailSdk from '@aws-sdk/client-cloudtrail';
import * as dynamodbSdk from '@aws-sdk/client-dynamodb';
import * as iamSdk from '@aws-sdk/client-iam';
import * as kmsSdk from '@aws-sdk/client-kms';
import * as stsSdk from '@aws-sdk/client-sts';
import type { Service } from '../../sandbox/operation.ts';
import { cloudTrail } from '../../sandbox/services/cloudtrail/service.ts';
import { dynamodb } from '../../sandbox/services/dynamodb/service.ts';
import { iam } from '../../sandbox/services/iam/service.ts';
import { kms } from '../../sandbox/services/kms/service.ts';
import { sts } from '../../sandbox/services/sts/service.ts';
import { operationsOf } from './gateway/sdk-protocol.ts';

export interface ServiceOperations {
  /** As documents write it: `DynamoDB`. */
  readonly title: string;
  /** As credential scopes write it: `dynamodb`. */
  readonly name: string;
  /** Sorted. */
  readonly working: readonly string[];
  /** Those of the SDK that the sandbox does not have, sorted. */
  readonly refused: readonly string[];
}

export const services: readonly ServiceOperations[] = [
  split('KMS', kms, kmsSdk),
  split('DynamoDB', dynamodb, dynamodbSdk),
  split('IAM', iam, iamSdk),
  split('STS', sts, stsSdk),
  split('CloudTrail', cloudTrail, cloudtrailSdk),
];

function split(title: string, { name, operations }: Service, sdk: object): ServiceOperations {
  const known = operationsOf(sdk).map(([, , operation]) => operation);
  return {
    title,
    name,
    working: Object.keys(operations).sort(),
    refused: known.filter((operation) => !Object.hasOwn(operations, operation)).sort(),
  };
}
