/** Reads policy documents from JSON. */
import type { PolicyDocument, PolicyKind, Statement } from './document.ts';
import { findDuplicateKey } from './duplicate-keys.ts';
import { parseStatement } from './parse-statement.ts';
import { quote, refuse } from './syntax-error.ts';

/** Longest accepted text, in characters. The largest policies AWS takes, key policies, have 32 KB. */
const LONGEST = 128 * 1024;
const ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

/**
 * Reads a policy from JSON text or from parsed JSON.
 *
 * Without `kind`, elements are accepted that only some policies may have (`Principal`, a missing `Resource`).
 *
 * @throws PolicySyntaxError with a sentence saying what is wrong and where.
 */
export function parsePolicy(source: string | object, kind?: PolicyKind): PolicyDocument {
  const document = typeof source === 'string' ? readJson(source) : source;
  if (!isObject(document)) refuse('Policy', `expected a JSON object, found ${quote(document)}.`);
  const { Version = '2008-10-17', Id, Statement } = document;
  for (const name of Object.keys(document)) {
    if (!ELEMENTS.has(name)) refuse('Policy', `unknown element ${quote(name)}.`);
  }
  if (Version !== '2008-10-17' && Version !== '2012-10-17') {
    refuse('Version', `must be "2012-10-17" or "2008-10-17", found ${quote(Version)}.`);
  }
  if (Id !== undefined && typeof Id !== 'string') refuse('Id', `must be a string, found ${quote(Id)}.`);
  if (Statement === undefined) refuse('Policy', 'Statement is missing.');
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  if (statements.length === 0) refuse('Statement', 'must hold at least one statement.');
  const parsed = statements.map((statement, at) => parseStatement(statement, at, kind));
  if (kind !== 'resource') requireUniqueSids(parsed);
  return { Version, ...(Id !== undefined && { Id }), Statement: parsed };
}

/** AWS: "IAM JSON policy elements: Sid", unique within a policy of IAM. Other services make their own rules. */
function requireUniqueSids(statements: readonly Statement[]): void {
  const seen = new Set<string>();
  for (const { Sid } of statements) {
    if (Sid === undefined || Sid === '') continue;
    if (seen.has(Sid)) refuse('Statement', `two statements have the Sid ${quote(Sid)}.`);
    seen.add(Sid);
  }
}

function readJson(source: string): unknown {
  if (source.length > LONGEST) refuse('Policy', `has ${source.length} characters, more than ${LONGEST}.`);
  let document: unknown;
  try {
    document = JSON.parse(source);
  } catch (error) {
    refuse('Policy', `is not valid JSON (${error instanceof Error ? error.message : 'unreadable'}).`);
  }
  const duplicate = findDuplicateKey(source);
  if (duplicate !== undefined) refuse('Policy', `the key ${quote(duplicate)} appears twice in one object.`);
  return document;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
