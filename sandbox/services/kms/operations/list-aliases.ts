import { ListAliases$, type ListAliasesRequest, type ListAliasesResponse } from '@aws-sdk/client-kms';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import { describeAlias } from '../aliases.ts';
import { resolveKeyId, storeOf } from '../keys.ts';
import { page } from '../paging.ts';

export const listAliases: Operation<ListAliasesRequest, ListAliasesResponse> = {
  schema: ListAliases$,
  permissions: () => [permission('kms:ListAliases')],
  run(call, input) {
    const keys =
      input.KeyId === undefined ? storeOf(call).keys() : [resolveKeyId(call, input.KeyId, 'kms:ListAliases')];
    const aliases = keys.flatMap((key) => key.aliases.map((alias) => ({ key, alias })));
    const { items, ...rest } = page(aliases, ({ alias }) => alias.name, input, { standard: 50, max: 100 });
    return { Aliases: items.map(({ key, alias }) => describeAlias(key, alias)), ...rest };
  },
};
