import { similarNames } from '../../checks/near-misses.ts';
import type { Cell } from './roster.ts';

/** AWS Account Management Reference Guide, "AWS Regions", and those of the partitions aws-cn and aws-us-gov. */
const regions = `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1
  ap-northeast-2 ap-northeast-3 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-west-1 eu-west-2 eu-west-3
  eu-south-1 eu-south-2 eu-north-1 il-central-1 me-south-1 me-central-1 mx-central-1 sa-east-1 cn-north-1
  cn-northwest-1 us-gov-east-1 us-gov-west-1`.split(/\s+/);

/** A Region's code. One that AWS has since added is let through with a warning. */
export function regionCell(text: string): Cell<string> {
  const code = text.toLowerCase();
  if (regions.includes(code)) return { value: code };
  const zone = regions.find((region) => code.startsWith(region) && /^[a-z]$/.test(code.slice(region.length)));
  if (zone !== undefined) {
    return {
      message: `"${text}" is no AWS Region.`,
      fix: `That is an Availability Zone; its Region is ${zone}.`,
    };
  }
  const near = similarNames(code, regions)[0];
  const fix = near === undefined ? 'Write its code: us-east-1.' : `Did you mean ${near}?`;
  const area = /^([a-z]{2}(?:-[a-z]+){1,2})-\d$/.exec(code)?.[1];
  const newNumber = regions.some((region) => region.startsWith(`${area}-`));
  if (area !== undefined && (newNumber || near === undefined)) {
    return { value: code, warning: { message: `Labwright knows no Region "${text}".`, fix } };
  }
  return { message: `"${text}" is no AWS Region.`, fix };
}
