/** How the AWS CLI calls operations and their parameters: `CreateKey` is `create-key`. */

/** Abbreviations in the plural, which the rule takes apart ("xform_name" in botocore has them too). */
const whole: readonly (readonly [RegExp, string])[] = [
  [/ARNs$/, 'Arns'],
  [/ACLs$/, 'Acls'],
  [/URIs$/, 'Uris'],
];

/** The rule of botocore's `xform_name`, from which the AWS CLI makes its names. */
export function awsCliName(name: string): string {
  let plain = name;
  for (const [abbreviation, word] of whole) plain = plain.replace(abbreviation, word);
  return plain
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z])([0-9]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
