/** ARNs and ids of keys and aliases. */
import { arnOfType } from '../../authorisation/resource-arn.ts';

/** Ids that KMS gives out: a UUID, or `mrk-` and 32 hex digits (page "Multi-Region keys in AWS KMS"). */
const keyIdPattern = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

export interface KmsArn {
  readonly region: string;
  readonly accountId: string;
  /** `key/<key id>` or `alias/<name>` */
  readonly resource: string;
}

const arnOfKey = arnOfType('kms', 'key');
const arnOfAlias = arnOfType('kms', 'alias');

export function keyArn(region: string, accountId: string, keyId: string): string {
  return arnOfKey({ region, account: accountId }, keyId);
}

/** @param aliasName `alias/<name>` */
export function aliasArn(region: string, accountId: string, aliasName: string): string {
  return arnOfAlias({ region, account: accountId }, aliasName.slice('alias/'.length));
}

/** The parts of an ARN of KMS, or undefined for anything else. */
export function parseKmsArn(text: string): KmsArn | undefined {
  const [arn, partition, service, region, accountId, resource, ...rest] = text.split(':');
  if (arn !== 'arn' || !partition || service !== 'kms' || !region || !accountId || !resource)
    return undefined;
  return rest.length === 0 ? { region, accountId, resource } : undefined;
}

export function isKeyId(text: string): boolean {
  return keyIdPattern.test(text);
}

/** The alias (`alias/<name>`) by which a request names its key, if it does: alias name or alias ARN. */
export function aliasIn(identifier: string): string | undefined {
  const resource = parseKmsArn(identifier)?.resource ?? identifier;
  return resource.startsWith('alias/') ? resource : undefined;
}
