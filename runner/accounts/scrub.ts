/** Takes out of AWS's messages what would let somebody act as the caller. Access key ids may stay. */

const secrets: readonly (readonly [RegExp, string])[] = [
  // A refused signature is answered with the canonical request, headers included ("Troubleshoot Signature Version 4").
  [/\b(authorization\s*[:=]\s*)[^\n'"]+/gi, '$1(removed)'],
  [/\b(x-amz-security-token\s*[:=]\s*)[^\s'"&,;]+/gi, '$1(removed)'],
  [/\b((?:x-amz-)?signature\s*[:=]\s*)[0-9a-f]{16,}/gi, '$1(removed)'],
  // What AssumeRole answered, in CloudTrail's record of it.
  [/("(?:sessionToken|secretAccessKey)"\s*:\s*")[^"]+/gi, '$1(removed)'],
  [/\bBearer\s+[\w.~+/=-]+/g, 'Bearer (removed)'],
  // Session tokens of STS are long, and their beginnings few (observed on AWS).
  [/(?<![\w+/=])(?:FwoG|FQoG|IQoJ|AQoD|AQoE)[\w+/=%-]{40,}/g, '(removed)'],
  // A secret access key: 40 characters of base64, capital and small letters and digits among them.
  [
    /(?<![\w+/=:-])(?=[a-zA-Z0-9+/]{0,39}[A-Z])(?=[a-zA-Z0-9+/]{0,39}[a-z])(?=[a-zA-Z0-9+/]{0,39}\d)[a-zA-Z0-9+/]{40}(?![\w+/=-])/g,
    '(removed)',
  ],
];

/** The message without session tokens, signatures, authorization headers and secret keys. */
export function scrub(message: string): string {
  return secrets.reduce((text, [pattern, instead]) => text.replace(pattern, instead), message);
}
