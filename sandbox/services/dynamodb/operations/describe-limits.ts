import {
  DescribeLimits$,
  type DescribeLimitsInput,
  type DescribeLimitsOutput,
} from '@aws-sdk/client-dynamodb';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';

/** The quotas that the AWS CLI's example of describe-limits shows. Nothing counts against them. */
export const describeLimits: Operation<DescribeLimitsInput, DescribeLimitsOutput> = {
  schema: DescribeLimits$,
  permissions: () => [permission('dynamodb:DescribeLimits')],
  run: () => ({
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  }),
};
