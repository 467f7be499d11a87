/**
 * IAM's sentence for a policy document that it does not take. Sentences: observed on AWS, recorded by LocalStack
 * (invalid Json), moto's test_iam_policies.py and many public logs.
 */

type Json = Readonly<Record<string, unknown>>;

/** @param reason what the parser found, added where IAM itself says no more than "syntax errors" */
export function malformedSentence(text: string, kind: 'identity' | 'trust', reason: string): string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'This policy contains invalid Json';
  }
  const statements = isObject(document) ? list(document.Statement).filter(isObject) : [];
  const known =
    kind === 'identity'
      ? identitySentence(statements)
      : statements.map(trustSentence).find((sentence) => sentence !== undefined);
  return known ?? `Syntax errors in policy. (${reason})`;
}

function identitySentence(statements: readonly Json[]): string | undefined {
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  }
  if (new Set(sids).size < sids.length) return 'Statement IDs (SID) in a single policy must be unique.';
  return statements.map(statementSentence).find((sentence) => sentence !== undefined);
}

function statementSentence(statement: Json): string | undefined {
  if ('Principal' in statement || 'NotPrincipal' in statement) {
    return 'Policy document should not specify a principal.';
  }
  const actions = list(statement.Action ?? statement.NotAction);
  if (actions.length === 0) return 'Policy statement must contain actions.';
  const resources = list(statement.Resource ?? statement.NotResource);
  if (resources.length === 0) return 'Policy statement must contain resources.';
  for (const action of actions) {
    const colons = typeof action === 'string' ? action.split(':').length - 1 : undefined;
    if (colons === 0 && action !== '*') {
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    }
    if (colons !== undefined && colons > 1) return 'Actions/Condition can contain only one colon.';
  }
  const odd = resources.find(
    (resource) => typeof resource === 'string' && resource !== '*' && !resource.startsWith('arn:'),
  );
  return odd === undefined ? undefined : `Resource ${odd} must be in ARN format or "*".`;
}

function trustSentence(statement: Json): string | undefined {
  const prohibited = ['Resource', 'NotResource', 'NotPrincipal'].find((field) => field in statement);
  if (prohibited !== undefined) return `Has prohibited field ${prohibited}`;
  return 'Principal' in statement ? undefined : 'Missing required field Principal';
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
