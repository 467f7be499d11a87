import { GetAccountPasswordPolicy$, type GetAccountPasswordPolicyResponse } from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import { noSuchEntity } from '../errors.ts';

/** An account of the sandbox has AWS's default rules and no policy of its own: the operation that would set one is not there. */
export const getAccountPasswordPolicy: Operation<object, GetAccountPasswordPolicyResponse> = {
  schema: GetAccountPasswordPolicy$,
  permissions: () => [permission('iam:GetAccountPasswordPolicy')],
  run(call) {
    // Text as users quote it (e.g. hashicorp/terraform-provider-aws#1386).
    throw noSuchEntity(`The Password Policy with domain name ${call.account.id} cannot be found.`);
  },
};
