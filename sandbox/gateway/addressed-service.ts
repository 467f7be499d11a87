import type { WireRequest } from '../protocol/protocol.ts';
import { queryForm } from '../protocol/query-form.ts';
import { targetOf } from '../protocol/target.ts';

/** What `X-Amz-Target` names before the operation, in the services' models. */
const targets: Readonly<Record<string, string>> = {
  CloudTrail_20131101: 'cloudtrail',
  DynamoDB_20120810: 'dynamodb',
  TrentService: 'kms',
};

/** `Version`, in the services' models. */
const versions: Readonly<Record<string, string>> = {
  '2010-05-08': 'iam',
  '2011-06-15': 'sts',
};

/** The service that a request names, whatever its signature says: each has a target or a version of its own. */
export function addressedService(request: WireRequest): string | undefined {
  if (request.headers['x-amz-target'] !== undefined) return find(targets, targetOf(request).service);
  return find(versions, queryForm(request).get('Version') ?? undefined);
}

function find(names: Readonly<Record<string, string>>, key: string | undefined): string | undefined {
  return key !== undefined && Object.hasOwn(names, key) ? names[key] : undefined;
}
