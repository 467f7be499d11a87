import type { Tag } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';

/** "Tags per resource", general AWS limit named in the description of TagException in the SDK's model. */
const maxTags = 50;

/**
 * The tags of a key after new ones were put on it; a tag with the same key is replaced.
 *
 * @throws AwsError TagException: "Duplicate tag keys" recorded by LocalStack's test suite on AWS, the other texts as
 *   LocalStack gives them
 */
export function addTags(existing: readonly Tag[], added: readonly Tag[]): Tag[] {
  const keys = added.map((tag) => tag.TagKey ?? '');
  if (new Set(keys).size < keys.length) throw new AwsError('TagException', 'Duplicate tag keys');
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('TagException', 'Tags beginning with aws: are reserved');
  }
  const all = [...existing.filter((tag) => !keys.includes(tag.TagKey ?? '')), ...added];
  if (all.length > maxTags) throw new AwsError('TagException', 'Too many tags');
  return all;
}
