import {
  GetTrailStatus$,
  type GetTrailStatusRequest,
  type GetTrailStatusResponse,
} from '@aws-sdk/client-cloudtrail';
import { permission } from '../../../authorisation/permission.ts';
import { arnOfType } from '../../../authorisation/resource-arn.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';

const trailArn = arnOfType('cloudtrail', 'trail');

/** There are no trails, whatever the name. */
export const getTrailStatus: Operation<Validated<GetTrailStatusRequest>, GetTrailStatusResponse> = {
  schema: GetTrailStatus$,
  permissions({ account, region }, { Name }) {
    const arn = Name.startsWith('arn:') ? Name : trailArn({ account: account.id, region }, Name);
    return [permission('cloudtrail:GetTrailStatus', { type: 'trail', arn })];
  },
  run(call, { Name }) {
    // Inferred: text.
    throw new AwsError('TrailNotFoundException', `Unknown trail: ${Name} for the user: ${call.account.id}`);
  },
};
