import {
  GetKeyLastUsage$,
  type GetKeyLastUsageRequest,
  type GetKeyLastUsageResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { lastUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<GetKeyLastUsageRequest, 'KeyId'>;

/** Shapes: description and example of GetKeyLastUsage in the SDK's model. Uses are tracked from a key's creation on. */
export const getKeyLastUsage: Operation<Input, GetKeyLastUsageResponse> = {
  schema: GetKeyLastUsage$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:GetKeyLastUsage'), 'kms:GetKeyLastUsage'),
  ],
  run(call, { KeyId }) {
    const key = resolveKeyId(call, KeyId);
    const use = lastUse(call, key);
    return {
      KeyId: key.keyId,
      KeyLastUsage: use
        ? {
            Operation: use.operation,
            Timestamp: use.at,
            CloudTrailEventId: use.eventId,
            KmsRequestId: use.requestId,
          }
        : {},
      TrackingStartDate: key.creationDate,
      KeyCreationDate: key.creationDate,
    };
  },
};
