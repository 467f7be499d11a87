import { ListTrails$, type ListTrailsRequest, type ListTrailsResponse } from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { withoutResource } from '../permissions.ts';

export const listTrails: Operation<ListTrailsRequest, ListTrailsResponse> = {
  schema: ListTrails$,
  permissions: () => [withoutResource('cloudtrail:ListTrails')],
  run(_call, { NextToken }) {
    // No answer gives a token, for there are no trails. Inferred: code and text.
    if (NextToken !== undefined) {
      throw new AwsError('InvalidNextTokenException', 'The token is not valid for this request.');
    }
    return { Trails: [] };
  },
};
