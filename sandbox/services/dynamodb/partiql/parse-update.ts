/** The changes of an UPDATE; page "PartiQL update statements for DynamoDB". */

import { isDeepStrictEqual } from 'node:util';
import type { DocumentPath } from '../data-plane.ts';
import { typeOfValue } from './operands.ts';
import { parsePath, pathBegins } from './parse-path.ts';
import { parseValue, valueBegins } from './parse-value.ts';
import { illFormed, refused } from './refusals.ts';
import type { Assigned, Returning, Term, UpdateAction } from './statement.ts';
import type { TokenReader } from './token-reader.ts';

/** One or more of SET and REMOVE. @throws AwsError ValidationException */
export function parseActions(reader: TokenReader): UpdateAction[] {
  const actions: UpdateAction[] = [];
  for (;;) {
    if (reader.takeWords('SET')) actions.push(...reader.list(() => parseAssignment(reader)));
    else if (reader.takeWords('REMOVE')) {
      actions.push(...reader.list(() => ({ kind: 'remove', path: parsePath(reader) }) as const));
    } else break;
  }
  // Inferred.
  if (actions.length === 0) throw illFormed('Expected data manipulation');
  return actions;
}

function parseAssignment(reader: TokenReader): UpdateAction {
  const path = parsePath(reader);
  reader.expectSymbol('=');
  return parseSetFunction(reader, path) ?? { kind: 'set', path, value: parseAssigned(reader) };
}

/** `SET a = set_add(a, <<1>>)`. Texts of DynamoDB local. */
function parseSetFunction(reader: TokenReader, target: DocumentPath): UpdateAction | undefined {
  const kind = reader.isWord('SET_ADD') ? 'add' : reader.isWord('SET_DELETE') ? 'delete' : undefined;
  if (kind === undefined || !reader.isSymbol('(', 1)) return undefined;
  const name = kind.toUpperCase();
  reader.next();
  reader.expectSymbol('(');
  const [first, second, ...others] = reader.list(() => parsePlainTerm(reader));
  reader.expectSymbol(')');
  if (!first || !second || others.length > 0) throw refused(`SET_${name} must have exactly two arguments`);
  if (!('path' in first) || !isDeepStrictEqual(first.path, target)) {
    throw refused(`The first argument to SET_${name} must equal the assignment value`);
  }
  if (!('value' in second) || !/^[SNB]S$/.test(typeOfValue(second.value))) {
    throw refused(`The second argument to SET_${name} must be a value with type SET`);
  }
  return { kind, path: target, members: second.value };
}

function parseAssigned(reader: TokenReader): Assigned {
  const left = parseTerm(reader);
  const operator = reader.takeSymbol('+') ? '+' : reader.takeSymbol('-') ? '-' : undefined;
  return operator === undefined ? { left } : { left, operator, right: parseTerm(reader) };
}

function parseTerm(reader: TokenReader): Term {
  const { kind, text } = reader.peek();
  if (kind !== 'word' || !reader.isSymbol('(', 1)) return parsePlainTerm(reader);
  // Text of DynamoDB local.
  if (text.toLowerCase() !== 'list_append') throw refused(`Unrecognized function: ${text}`);
  reader.next();
  reader.expectSymbol('(');
  const [first, second, ...others] = reader.list(() => parsePlainTerm(reader));
  reader.expectSymbol(')');
  if (first && second && others.length === 0) return { appended: [first, second] };
  throw refused(
    'Incorrect number of operands for operator or function; operator or function: list_append, ' +
      `number of operands: ${[first, second, ...others].filter(Boolean).length}`,
  );
}

function parsePlainTerm(reader: TokenReader): Term {
  return pathBegins(reader) && !valueBegins(reader)
    ? { path: parsePath(reader) }
    : { value: parseValue(reader) };
}

/** `RETURNING MODIFIED OLD *`. @throws AwsError ValidationException */
export function parseReturning(reader: TokenReader): Returning | undefined {
  if (!reader.takeWords('RETURNING')) return undefined;
  const extent = reader.takeWords('ALL') ? 'ALL' : reader.takeWords('MODIFIED') ? 'UPDATED' : undefined;
  const age = reader.takeWords('OLD') ? 'OLD' : reader.takeWords('NEW') ? 'NEW' : undefined;
  if (extent && age && reader.takeSymbol('*')) return `${extent}_${age}`;
  // Text of DynamoDB local.
  throw refused("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
}
