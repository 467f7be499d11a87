import {
  GetAccessKeyLastUsed$,
  type GetAccessKeyLastUsedRequest,
  type GetAccessKeyLastUsedResponse,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { AccessKey, IamUser } from '../entities.ts';
import { noSuchEntity } from '../errors.ts';
import { userPermission } from '../permissions.ts';

export const getAccessKeyLastUsed: Operation<
  Validated<GetAccessKeyLastUsedRequest>,
  GetAccessKeyLastUsedResponse
> = {
  schema: GetAccessKeyLastUsed$,
  permissions: (call, { AccessKeyId }) => [
    userPermission(call, 'iam:GetAccessKeyLastUsed', keyAndOwner(call, AccessKeyId).owner.name),
  ],
  run(call, { AccessKeyId }) {
    const { key, owner } = keyAndOwner(call, AccessKeyId);
    return {
      UserName: owner.name,
      AccessKeyLastUsed: key.lastUse
        ? {
            LastUsedDate: key.lastUse.at,
            ServiceName: key.lastUse.service,
            Region: key.lastUse.region,
          }
        : { ServiceName: 'N/A', Region: 'N/A' },
    };
  },
};

function keyAndOwner({ account }: Call, id: string): { key: AccessKey; owner: IamUser } {
  const key = account.iam.accessKeys.get(id);
  const owner = key && account.iam.users.findById(key.userId);
  if (!key || !owner) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return { key, owner };
}
