import {
  ScheduleKeyDeletion$,
  type ScheduleKeyDeletionRequest,
  type ScheduleKeyDeletionResponse,
} from '@aws-sdk/client-kms';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { addDays } from '../key-rotation.ts';
import { changeState, notPendingDeletion } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

const defaultWindowInDays = 30;

type Input = RequiredMembers<ScheduleKeyDeletionRequest, 'KeyId'>;

export const scheduleKeyDeletion: Operation<Input, ScheduleKeyDeletionResponse> = {
  schema: ScheduleKeyDeletion$,
  permissions(call, { KeyId, PendingWindowInDays: days = defaultWindowInDays }) {
    // The model's type goes from 1 to 365, its description from 7 to 30. Inferred: text.
    if (days < 7 || days > 30) {
      throw new AwsError(
        'ValidationException',
        `PendingWindowInDays must be between 7 and 30, inclusive, but is ${days}.`,
      );
    }
    return [
      keyPermission(resolveKeyId(call, KeyId, 'kms:ScheduleKeyDeletion'), 'kms:ScheduleKeyDeletion', {
        'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
      }),
    ];
  },
  run(call, { KeyId, PendingWindowInDays: days = defaultWindowInDays }) {
    const key = resolveKeyId(call, KeyId);
    notPendingDeletion(key);
    changeState(key, 'PendingDeletion', call.clock.now());
    key.deletionDate = addDays(call.clock.now(), days);
    return {
      KeyId: key.arn,
      DeletionDate: key.deletionDate,
      KeyState: key.state,
      PendingWindowInDays: days,
    };
  },
};
