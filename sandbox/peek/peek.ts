/** Answers `labwright sandbox peek`: a table's items beside the bytes at rest. */
import { randomUUID } from 'node:crypto';
import type { SandboxAccount } from '../account.ts';
import type { Accounts } from '../accounts.ts';
import type { Call } from '../call.ts';
import type { LocalAnswer } from '../gateway/local-endpoints.ts';
import { isRegionName } from '../region-name.ts';
import type { Clock } from '../timing/clock.ts';
import { tableAtRest } from './table-at-rest.ts';

export interface PeekOptions {
  readonly accounts: Accounts;
  readonly clock: Clock;
  /** Where to look when the question does not say. */
  readonly account: string;
  readonly region: string;
}

/** @param query `table`; `account` and `region`, where another is meant; `limit`, the most items to show */
export function peek({ accounts, clock, ...place }: PeekOptions, query: URLSearchParams): LocalAnswer {
  const name = query.get('table') ?? '';
  const id = query.get('account') ?? place.account;
  const region = query.get('region') ?? place.region;
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  if (!isRegionName(region)) return refusal(400, `${region} is no AWS Region.`);
  const account = accounts.find(id);
  if (!account) return refusal(404, `The sandbox has no account ${id}.`);
  const body = tableAtRest(rootCall(account, region, clock), name, limit);
  return body ? { status: 200, body } : refusal(404, notThere(account, region, name));
}

/** Says which tables there are: most often it is the Region or the account that was forgotten. */
function notThere(account: SandboxAccount, region: string, name: string): string {
  const elsewhere = [
    ...regionsOf(account, name),
    ...account.accounts
      .all()
      .filter((other) => other !== account)
      .flatMap((other) => regionsOf(other, name).map((place) => `account ${other.id}, ${place}`)),
  ];
  const there = account.dynamodb(region).tables();
  const hint =
    elsewhere.length > 0
      ? `It is in ${elsewhere.join('; ')}.`
      : there.length > 0
        ? `There are: ${there.map((table) => table.name).join(', ')}.`
        : 'There is no table at all.';
  return `The sandbox has no table ${name} in account ${account.id}, ${region}. ${hint}`;
}

/** The Regions in which the account has a table of that name. */
function regionsOf(account: SandboxAccount, table: string): string[] {
  return account.dynamodbRegions().filter((region) => account.dynamodb(region).table(table));
}

/** A look from inside: nobody signs it. */
function rootCall(account: SandboxAccount, region: string, clock: Clock): Call {
  const accountId = account.id;
  return {
    account,
    credential: {
      accessKeyId: '',
      secretAccessKey: '',
      principal: { kind: 'root', arn: `arn:aws:iam::${accountId}:root`, accountId },
      accountId,
    },
    region,
    requestId: randomUUID(),
    clock,
    userAgent: 'labwright',
    sourceIp: '127.0.0.1',
    forwarded: [],
  };
}

function refusal(status: 400 | 404, error: string): LocalAnswer {
  return { status, body: { error } };
}
