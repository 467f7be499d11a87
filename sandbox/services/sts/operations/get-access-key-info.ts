import {
  GetAccessKeyInfo$,
  type GetAccessKeyInfoRequest,
  type GetAccessKeyInfoResponse,
} from '@aws-sdk/client-sts';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { refuseUserSession } from '../caller.ts';
import { validationError } from '../errors.ts';

export const getAccessKeyInfo: Operation<Validated<GetAccessKeyInfoRequest>, GetAccessKeyInfoResponse> = {
  schema: GetAccessKeyInfo$,
  permissions(call) {
    refuseUserSession(call, 'GetAccessKeyInfo');
    return [permission('sts:GetAccessKeyInfo')];
  },
  run({ account }, { AccessKeyId }) {
    const owner = account.accounts.ofAccessKey(AccessKeyId);
    // Inferred: AWS reads the account out of the key id itself; its sentence for an id that holds none is not documented.
    if (!owner) throw validationError(`The access key ${AccessKeyId} belongs to no account.`);
    return { Account: owner.id };
  },
};
