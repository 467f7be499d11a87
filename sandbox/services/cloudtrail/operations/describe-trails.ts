import {
  DescribeTrails$,
  type DescribeTrailsRequest,
  type DescribeTrailsResponse,
} from '@aws-sdk/client-cloudtrail';
import type { Operation } from '../../../operation.ts';
import { withoutResource } from '../permissions.ts';

/** There are no trails: their names, too, find none (DescribeTrails in the CloudTrail API reference). */
export const describeTrails: Operation<DescribeTrailsRequest, DescribeTrailsResponse> = {
  schema: DescribeTrails$,
  permissions: () => [withoutResource('cloudtrail:DescribeTrails')],
  run: () => ({ trailList: [] }),
};
