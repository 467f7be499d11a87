import type { Attempt } from './attempt.ts';
import { describedMembers } from './described-members.ts';
import type { JsonObject, NamedResource } from './event.ts';

/** They read, and answer with credentials: their answers are in the records all the same (IAM user guide). */
const credentialCalls = /^(AssumeRole|GetFederationToken|GetSessionToken)/;

/**
 * What a call that changed something answered. Null for calls that read ("CloudTrail record contents").
 *
 * @param resources of the record
 */
export function responseElements(
  { service, operation, output }: Attempt,
  readOnly: boolean,
  resources: readonly NamedResource[],
): JsonObject | null {
  const name = operation.schema[2];
  if (readOnly && !(service === 'sts' && credentialCalls.test(name))) return null;
  const answer = describedMembers(operation.schema[5], output);
  if (service !== 'kms' || name === 'CreateKey') return answer;
  // "Log entries for this operation recorded on or after December 2022 include the key ARN of the affected KMS key in
  // the responseElements.keyId value, even though this operation does not return the key ARN" (KMS developer guide).
  const key = resources[0];
  return key ? { ...answer, keyId: key.name } : answer;
}
