/**
 * Constraints on input members that the SDK's runtime schemas leave out: lengths, ranges, patterns, enumerations.
 * The sentences are those of AWS's service framework, as seen in answers of many services.
 */

export interface Constraint {
  /** Fewest and most characters of a text, bytes of a blob, or elements of a list. */
  readonly length?: readonly [minimum: number, maximum: number];
  /** Smallest and largest number. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** What the whole text must match: the pattern as the service's model and its answers have it. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** What each element of a list must satisfy. AWS quotes the whole list and does not say which element does not. */
  readonly items?: Constraint;
  /** Where the service says something of its own about a text that does not match `pattern`: the whole message. */
  readonly says?: string;
}

/** By member name, or by structure and member name where structures differ: `UserName`, `CreateUserRequest.UserName`. */
export type Constraints = Readonly<Record<string, Constraint>>;

/** What is wrong with an input: the framework's sentences, and the service's own ones. */
export interface Violations {
  readonly framework: string[];
  readonly service: string[];
}

/** @param shown how the message quotes the value; absent for a secret and for bytes */
export function checkConstraint(
  constraint: Constraint,
  value: unknown,
  path: string,
  shown: string | undefined,
  violations: Violations,
): void {
  const { items, says } = constraint;
  const quoted = shown === undefined ? '' : ` '${shown}'`;
  const fails = (what: string): void => {
    violations.framework.push(`Value${quoted} at '${path}' failed to satisfy constraint: ${what}`);
  };
  for (const what of unmet(constraint, value)) fails(what);
  if (items && Array.isArray(value)) {
    const ofItems = new Set(value.flatMap((item) => unmet(items, item)));
    if (ofItems.size > 0) fails(`Member must satisfy constraint: [${[...ofItems].join(', ')}]`);
  }
  if (says !== undefined && !matchesPattern(constraint, value)) violations.service.push(says);
}

/** The sentences for what a value does not satisfy by itself. */
function unmet(constraint: Constraint, value: unknown): string[] {
  const { length, range, values, pattern, says } = constraint;
  const found: string[] = [];
  const size =
    typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array
      ? value.length
      : undefined;
  if (length && size !== undefined) {
    if (size < length[0]) found.push(`Member must have length greater than or equal to ${length[0]}`);
    if (size > length[1]) found.push(`Member must have length less than or equal to ${length[1]}`);
  }
  if (range && typeof value === 'number') {
    if (value < range[0]) found.push(`Member must have value greater than or equal to ${range[0]}`);
    if (value > range[1]) found.push(`Member must have value less than or equal to ${range[1]}`);
  }
  if (values && typeof value === 'string' && !values.includes(value)) {
    found.push(`Member must satisfy enum value set: [${values.join(', ')}]`);
  }
  if (pattern && says === undefined && !matchesPattern(constraint, value)) {
    found.push(`Member must satisfy regular expression pattern: ${pattern}`);
  }
  return found;
}

function matchesPattern({ pattern }: Constraint, value: unknown): boolean {
  if (pattern === undefined || typeof value !== 'string') return true;
  let compiled = compiledPatterns.get(pattern);
  if (!compiled) {
    // Only with the flag does JavaScript know the classes of Unicode, and only without it the models' loose escapes.
    compiled = new RegExp(`^(?:${pattern})$`, pattern.includes(String.raw`\p{`) ? 'u' : '');
    compiledPatterns.set(pattern, compiled);
  }
  return compiled.test(value);
}

const compiledPatterns = new Map<string, RegExp>();
