/**
 * A name of the AWS API as the AWS CLI spells it: `KMSMasterKeyId` is `kms-master-key-id`. After botocore's `xform_name`,
 * from which the CLI takes its names; a test holds this against botocore itself.
 */
export function kebabCase(name: string): string {
  // Plurals of abbreviations stay one word: `ListDeliveredARNs` is `list-delivered-arns`.
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const tailed = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name;
  return tailed
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
