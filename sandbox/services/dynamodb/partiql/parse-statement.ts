/** Reads PartiQL statements; pages "PartiQL select, insert, update and delete statements for DynamoDB". */
import type { DocumentPath } from '../data-plane.ts';
import { isTableArn } from '../table-reference.ts';
import { onlyInTransactions, parseCondition } from './parse-condition.ts';
import { parsePath, pathBegins } from './parse-path.ts';
import { parseActions, parseReturning } from './parse-update.ts';
import { parseValue } from './parse-value.ts';
import { illFormed, incompleteKey, leftOver, refused } from './refusals.ts';
import type {
  DeleteStatement,
  ExistsStatement,
  InsertStatement,
  Returning,
  SelectStatement,
  Statement,
  UpdateStatement,
} from './statement.ts';
import { type StatementContext, TokenReader } from './token-reader.ts';

/**
 * In time proportional to the statement's length.
 *
 * @throws AwsError ValidationException; SerializationException for a parameter that is no attribute value
 */
export function parseStatement(text: string, context: StatementContext): Statement {
  const reader = new TokenReader(text, context);
  const statement = parse(reader);
  if (!reader.atEnd) throw leftOver();
  reader.requireAllParametersUsed();
  return statement;
}

function parse(reader: TokenReader): Statement {
  if (reader.takeWords('SELECT')) return parseSelect(reader);
  if (reader.takeWords('INSERT', 'INTO')) return parseInsert(reader);
  if (reader.takeWords('UPDATE')) return parseUpdate(reader);
  if (reader.takeWords('DELETE', 'FROM')) return parseDelete(reader);
  if (reader.takeWords('EXISTS')) return parseExists(reader);
  throw illFormed('Expected data manipulation');
}

function parseSelect(reader: TokenReader): SelectStatement {
  // Text of DynamoDB local.
  if (reader.isWord('DISTINCT')) throw refused('Unsupported token in expression: DISTINCT');
  const projection = parseProjection(reader);
  if (!reader.takeWords('FROM')) throw illFormed('Expected FROM');
  if (!pathBegins(reader)) throw illFormed(reader.isKeyword() ? 'Unexpected keyword' : 'Unexpected term');
  const source = parseSource(reader);
  refuseAlias(reader);
  // Text of DynamoDB local.
  if (reader.isSymbol(',')) throw refused('Only select from a single table or index is supported.');
  const where = reader.takeWords('WHERE') ? parseCondition(reader) : undefined;
  const orderBy = reader.takeWords('ORDER', 'BY') ? reader.list(() => parseOrder(reader)) : [];
  refuseClauses(reader);
  return { kind: 'select', ...source, ...(projection && { projection }), ...(where && { where }), orderBy };
}

/** Texts of DynamoDB local. */
function parseProjection(reader: TokenReader): DocumentPath[] | undefined {
  if (reader.takeSymbol('*')) {
    if (!reader.isSymbol(',')) return undefined;
    throw refused("Other attributes should not be present in the projection when '*' is used.");
  }
  const paths = reader.list(() => {
    const { text } = reader.peek();
    if (reader.isSymbol('(', 1)) throw refused(`Unrecognized function: ${text}`);
    const path = parsePath(reader);
    refuseAlias(reader);
    return path;
  });
  const names = paths.map((path) => path.at(-1)).filter((name) => typeof name === 'string');
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw refused(`Duplicate identifiers in select clause: ${twice}`);
  return paths;
}

function parseOrder(reader: TokenReader): SelectStatement['orderBy'][number] {
  const [attribute, ...inner] = parsePath(reader);
  // Text of DynamoDB local.
  if (inner.length > 0) throw refused('Argument to ORDER BY must be of type VariableReference. Type: Path');
  const descending = reader.takeWords('DESC');
  if (!descending) reader.takeWords('ASC');
  return { attribute, descending };
}

/** How a page is limited, is a matter of the request. */
function refuseClauses(reader: TokenReader): void {
  for (const clause of ['LIMIT', 'GROUP BY', 'HAVING']) {
    if (reader.takeWords(...clause.split(' '))) throw refused(`Unsupported clause: ${clause}`);
  }
}

function parseInsert(reader: TokenReader): InsertStatement {
  const source = parseSource(reader);
  if (source.index !== undefined) {
    throw refused('FROM clause may only contain a single table name in data manipulation statements');
  }
  if (reader.isWord('VALUES') || reader.isSymbol('<<')) {
    // Text of DynamoDB local.
    throw refused(
      'Unsupported operation: Inserting multiple items in a single statement is not supported, ' +
        'use "INSERT INTO tableName VALUE item" instead',
    );
  }
  if (!reader.takeWords('VALUE')) throw leftOver();
  const { M: item } = parseValue(reader, 'item');
  // Texts of DynamoDB local.
  if (typeof item !== 'object' || item === null) {
    throw refused(
      'Unsupported format in item expression. Please use struct format {...} to express item values for insert statement.',
    );
  }
  if (reader.isWord('RETURNING')) throw refused('RETURNING is not supported in INSERT');
  return { kind: 'insert', table: source.table, item: item as InsertStatement['item'] };
}

function parseUpdate(reader: TokenReader): UpdateStatement {
  const source = parseTarget(reader);
  const actions = parseActions(reader);
  if (!reader.isWord('WHERE') && reader.atEnd) throw incompleteKey();
  return { kind: 'update', ...source, actions, ...parseEnd(reader) };
}

function parseDelete(reader: TokenReader): DeleteStatement {
  const statement: DeleteStatement = { kind: 'delete', ...parseTarget(reader), ...parseEnd(reader) };
  const { returning } = statement;
  if (returning !== undefined && returning !== 'ALL_OLD') {
    const written = returning.replace('UPDATED', 'MODIFIED').replace('_', ' ');
    throw refused(
      `Invalid returning clause: RETURNING ${written} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    );
  }
  return statement;
}

/** `EXISTS(SELECT * FROM ...)`; page "Using the EXISTS function with PartiQL for DynamoDB". */
function parseExists(reader: TokenReader): ExistsStatement {
  reader.expectSymbol('(');
  if (!reader.takeWords('SELECT')) throw onlyInTransactions();
  const { table, index, where } = parseSelect(reader);
  reader.expectSymbol(')');
  // Text of DynamoDB local.
  if (index !== undefined) throw refused('Operations on indices are not supported in transactions');
  return { kind: 'exists', table, ...(where && { where }) };
}

function parseTarget(reader: TokenReader) {
  if (!pathBegins(reader)) throw illFormed('Expected identifier for simple path');
  const source = parseSource(reader);
  refuseAlias(reader);
  if (source.index !== undefined) throw refused('This operation is not supported on an index');
  return source;
}

function parseEnd(reader: TokenReader) {
  const where = reader.takeWords('WHERE') ? parseCondition(reader) : undefined;
  const returning: Returning | undefined = parseReturning(reader);
  return { ...(where && { where }), ...(returning && { returning }) };
}

/** `"table"` or `"table"."index"`. */
function parseSource(reader: TokenReader): { table: string; index?: string } {
  if (!pathBegins(reader)) throw illFormed('Expected identifier for simple path');
  const [table, index, ...others] = parsePath(reader);
  if (others.length > 0) throw refused('A path may contain at most 2 components in the FROM clause');
  if (typeof index === 'number') throw refused('Unexpected path component');
  if (!isTableArn(table) && !/^[a-zA-Z0-9_.-]{3,255}$/.test(table)) {
    // Text of DynamoDB local.
    throw refused(
      "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.",
    );
  }
  return { table, ...(index !== undefined && { index }) };
}

function refuseAlias(reader: TokenReader): void {
  if (reader.isWord('AS') || reader.isWord('AT') || pathFollows(reader)) {
    throw refused('Aliasing is not supported');
  }
}

/** An identifier right behind another one. */
function pathFollows(reader: TokenReader): boolean {
  return pathBegins(reader) && !reader.isWord('FROM');
}
