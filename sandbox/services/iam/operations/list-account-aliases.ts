import {
  ListAccountAliases$,
  type ListAccountAliasesRequest,
  type ListAccountAliasesResponse,
} from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';

/** An account of the sandbox has no alias: the operation that would give it one is not there. */
export const listAccountAliases: Operation<
  Validated<ListAccountAliasesRequest>,
  ListAccountAliasesResponse
> = {
  schema: ListAccountAliases$,
  permissions: () => [permission('iam:ListAccountAliases')],
  run: () => ({ AccountAliases: [], IsTruncated: false }),
};
