/** Limits on expressions that dynalite does not know, checked before anything parses them. */
import { AwsError } from '../../../aws-error.ts';

/** "Quotas in Amazon DynamoDB", section "Expression parameters": 4 KB. */
const maxBytes = 4096;
/** DynamoDB has a limit as well; its text was not found. */
const maxNesting = 150;

/** @throws AwsError ValidationException */
export function limitExpressions(body: Readonly<Record<string, unknown>>): void {
  for (const [member, expression] of Object.entries(body)) {
    if (!member.endsWith('Expression') || typeof expression !== 'string') continue;
    const size = Buffer.byteLength(expression);
    // Observed on AWS, many public logs.
    if (size > maxBytes) {
      const problem = `Expression size has exceeded the maximum allowed size; expression size: ${size}`;
      throw new AwsError('ValidationException', `Invalid ${member}: ${problem}`);
    }
    if (nesting(expression) > maxNesting) {
      const problem = `The sandbox reads at most ${maxNesting} parentheses inside each other.`;
      throw new AwsError('ValidationException', `Invalid ${member}: ${problem}`);
    }
  }
}

function nesting(expression: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of expression) {
    if (char === '(') deepest = Math.max(deepest, ++depth);
    else if (char === ')') depth--;
  }
  return deepest;
}
