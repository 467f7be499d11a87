import {
  GetTrailStatus$,
  type GetTrailStatusRequest,
  type GetTrailStatusResponse,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';

/** There are no trails, whatever the name. */
export const getTrailStatus: Operation<Validated<GetTrailStatusRequest>, GetTrailStatusResponse> = {
  schema: GetTrailStatus$,
  permissions: (call, { Name }) => [
    {
      action: 'cloudtrail:GetTrailStatus',
      resource: Name.startsWith('arn:')
        ? Name
        : `arn:aws:cloudtrail:${call.region}:${call.account.id}:trail/${Name}`,
    },
  ],
  run(call, { Name }) {
    // Inferred: text.
    throw new AwsError('TrailNotFoundException', `Unknown trail: ${Name} for the user: ${call.account.id}`);
  },
};
