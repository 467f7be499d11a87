/**
 * Credentials that the sandbox's users cannot have, for the operations that would give them one are not there: multi-factor
 * devices, signing certificates, SSH keys and service-specific credentials. Terraform asks for them all when it deletes a
 * user with `force_destroy`.
 */
import {
  ListMFADevices$,
  type ListMFADevicesResponse,
  ListServiceSpecificCredentials$,
  type ListServiceSpecificCredentialsResponse,
  ListSigningCertificates$,
  type ListSigningCertificatesResponse,
  ListSSHPublicKeys$,
  type ListSSHPublicKeysResponse,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { type PageRequest, pageOf } from '../paging.ts';
import { userPermission } from '../permissions.ts';

interface UserCredentialsRequest extends PageRequest {
  readonly UserName?: string | undefined;
}

function emptyList<Output>(schema: StaticOperationSchema, empty: Output) {
  const operation: Operation<UserCredentialsRequest, Output & { IsTruncated: boolean }> = {
    schema,
    permissions: (call, { UserName }) => [
      userPermission(call, `iam:${schema[2]}`, userNameOrCaller(call, UserName)),
    ],
    run(call, input) {
      findUser(call, userNameOrCaller(call, input.UserName));
      return { ...empty, ...pageOf([], input, String).more };
    },
  };
  return operation;
}

export const listMfaDevices = emptyList<Pick<ListMFADevicesResponse, 'MFADevices'>>(ListMFADevices$, {
  MFADevices: [],
});

export const listSigningCertificates = emptyList<Pick<ListSigningCertificatesResponse, 'Certificates'>>(
  ListSigningCertificates$,
  { Certificates: [] },
);

export const listSshPublicKeys = emptyList<Pick<ListSSHPublicKeysResponse, 'SSHPublicKeys'>>(
  ListSSHPublicKeys$,
  { SSHPublicKeys: [] },
);

export const listServiceSpecificCredentials = emptyList<
  Pick<ListServiceSpecificCredentialsResponse, 'ServiceSpecificCredentials'>
>(ListServiceSpecificCredentials$, { ServiceSpecificCredentials: [] });
