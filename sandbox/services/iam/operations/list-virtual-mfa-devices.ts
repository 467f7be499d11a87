import {
  ListVirtualMFADevices$,
  type ListVirtualMFADevicesRequest,
  type ListVirtualMFADevicesResponse,
} from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { pageOf } from '../paging.ts';

/** An account of the sandbox has no such device: the operation that would make one is not there. */
export const listVirtualMfaDevices: Operation<
  Validated<ListVirtualMFADevicesRequest>,
  ListVirtualMFADevicesResponse
> = {
  schema: ListVirtualMFADevices$,
  permissions: () => [permission('iam:ListVirtualMFADevices')],
  run: (_call, input) => ({ VirtualMFADevices: [], ...pageOf([], input, String).more }),
};
