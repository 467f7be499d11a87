/** The condition behind WHERE; pages "PartiQL operators" and "Use PartiQL functions with DynamoDB". */
import type { Condition, ConditionOperand } from '../data-plane.ts';
import { isValue, typeOfValue } from './operands.ts';
import { parsePath, pathBegins } from './parse-path.ts';
import { parseValue, valueBegins } from './parse-value.ts';
import { illFormed, leftOver, refused } from './refusals.ts';
import type { TokenReader } from './token-reader.ts';

/** Each with the one that says the same with its sides exchanged. */
const comparisons: Readonly<Record<string, string>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Types behind IS, as attributes have them. List of DynamoDB local. Inferred: NULL is the value, and no missing attribute. */
const typeNames: Readonly<Record<string, string>> = {
  NULL: 'NULL',
  BOOLEAN: 'BOOL',
  BOOL: 'BOOL',
  BLOB: 'B',
  STRING: 'S',
  NUMERIC: 'N',
  STRUCT: 'M',
  TUPLE: 'M',
  LIST: 'L',
};

/** Functions that hold or do not, with the types that their second operand may have. */
const functions: Readonly<Record<string, readonly string[] | undefined>> = {
  begins_with: ['S', 'B'],
  contains: undefined,
  attribute_type: ['S'],
};

/** @throws AwsError ValidationException */
export function parseCondition(reader: TokenReader): Condition {
  return joined(reader, 'OR', () => joined(reader, 'AND', () => parseNegation(reader)));
}

function joined(reader: TokenReader, word: 'AND' | 'OR', part: () => Condition): Condition {
  const first = part();
  const others: Condition[] = [];
  while (reader.takeWords(word)) {
    requireOperandAfterOperator(reader);
    others.push(part());
  }
  if (others.length === 0) return first;
  const type = word.toLowerCase();
  // What is joined by the same word lies side by side, however it was put in parentheses.
  const args = [first, ...others].flatMap((inner) => (inner.type === type ? inner.args : [inner]));
  return { type, args };
}

function parseNegation(reader: TokenReader): Condition {
  if (!reader.takeWords('NOT')) return parsePredicate(reader);
  return not(reader.nested(() => parseNegation(reader)));
}

function parsePredicate(reader: TokenReader): Condition {
  if (reader.takeSymbol('(')) {
    const inner = reader.nested(() => parseCondition(reader));
    reader.expectSymbol(')');
    return inner;
  }
  const named = parseFunction(reader);
  if (named) return named;
  const operand = parseOperand(reader);
  const { kind, text } = reader.peek();
  if (kind === 'symbol' && Object.hasOwn(comparisons, text)) return parseComparison(reader, operand);
  if (reader.takeWords('IS')) return parseIs(reader, operand);
  const negated = reader.takeWords('NOT');
  const condition = parseRange(reader, operand);
  return negated ? not(condition) : condition;
}

function parseComparison(reader: TokenReader, left: ConditionOperand): Condition {
  const operator = reader.next().text;
  requireOperandAfterOperator(reader);
  // Text of DynamoDB local.
  if (reader.isWord('MISSING')) throw refused('MISSING must be compared using IS operator');
  const right = parseOperand(reader);
  const type = operator === '!=' ? '<>' : operator;
  if (!/^(=|<>)$/.test(type)) for (const side of [left, right]) requireType(side, operator, ['S', 'N', 'B']);
  if (isValue(left) && !isValue(right)) return { type: comparisons[type] ?? type, args: [right, left] };
  return { type, args: [left, right] };
}

/** BETWEEN or IN. */
function parseRange(reader: TokenReader, operand: ConditionOperand): Condition {
  if (reader.takeWords('BETWEEN')) {
    const low = parseOperand(reader);
    if (!reader.takeWords('AND')) throw illFormed('Expected AND');
    const high = parseOperand(reader);
    for (const bound of [low, high]) requireType(bound, 'BETWEEN', ['S', 'N', 'B']);
    return { type: 'between', args: [operand, low, high] };
  }
  if (reader.takeWords('IN')) return { type: 'in', args: [operand, ...parseChoices(reader)] };
  // Text of DynamoDB local.
  if (reader.isWord('LIKE')) throw refused('Unsupported operator in Condition Expression. Operator: LIKE');
  if (!reader.atEnd) throw leftOver();
  throw refused('WHERE clause must contain an expression that resolves to a boolean');
}

/** `[a, b]` or `(a, b)`. */
function parseChoices(reader: TokenReader): ConditionOperand[] {
  const closing = reader.takeSymbol('[') ? ']' : reader.takeSymbol('(') ? ')' : undefined;
  if (closing === undefined || reader.isSymbol(closing)) {
    // Text of DynamoDB local.
    throw refused(
      'IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq ' +
        'with at least one member',
    );
  }
  const choices = reader.list(() => parseOperand(reader));
  reader.expectSymbol(closing);
  return choices;
}

function parseIs(reader: TokenReader, operand: ConditionOperand): Condition {
  const negated = reader.takeWords('NOT');
  const { kind, text } = reader.next();
  const name = kind === 'word' ? text.toUpperCase() : '';
  if (name === 'MISSING') {
    return call(negated ? 'attribute_exists' : 'attribute_not_exists', [operand]);
  }
  const type = Object.hasOwn(typeNames, name) ? typeNames[name] : undefined;
  if (type === undefined) throw illFormed('Expected type name');
  const condition = call('attribute_type', [operand, { S: type }]);
  return negated ? not(condition) : condition;
}

function parseFunction(reader: TokenReader): Condition | undefined {
  const { kind, text } = reader.peek();
  const name = text.toLowerCase();
  if (kind !== 'word' || !reader.isSymbol('(', 1) || name === 'size') return undefined;
  if (name === 'exists') throw onlyInTransactions();
  if (reader.isKeyword()) return undefined;
  // Text of DynamoDB local.
  if (!Object.hasOwn(functions, name)) throw refused(`Unrecognized function: ${text}`);
  const args = parseArguments(reader, name, 2);
  const types = functions[name];
  if (types && args[1]) requireType(args[1], name, types);
  return call(name, args);
}

function parseOperand(reader: TokenReader): ConditionOperand {
  if (reader.isWord('SIZE') && reader.isSymbol('(', 1)) {
    return call('size', parseArguments(reader, 'size', 1));
  }
  return pathBegins(reader) && !valueBegins(reader) ? parsePath(reader) : parseValue(reader);
}

function parseArguments(reader: TokenReader, name: string, count: number): ConditionOperand[] {
  reader.next();
  reader.expectSymbol('(');
  const args = reader.list(() => reader.nested(() => parseOperand(reader)));
  reader.expectSymbol(')');
  if (args.length === count) return args;
  throw refused(
    `Incorrect number of operands for operator or function; operator or function: ${name}, ` +
      `number of operands: ${args.length}`,
  );
}

/** EXISTS stands for a whole statement, and only in a transaction. Text of DynamoDB local. */
export function onlyInTransactions() {
  return refused('EXISTS can only be used in ExecuteTransaction write requests.');
}

function requireOperandAfterOperator(reader: TokenReader): void {
  if (reader.atEnd) throw illFormed('Missing right-hand side expression of infix operator');
}

function requireType(operand: ConditionOperand, operator: string, types: readonly string[]): void {
  if (!isValue(operand)) return;
  const type = typeOfValue(operand);
  if (types.includes(type)) return;
  throw refused(
    'Incorrect operand type for operator or function; ' +
      `operator or function: ${operator}, operand type: ${type}`,
  );
}

function call(name: string, args: readonly ConditionOperand[]): Condition {
  return { type: 'function', name, args };
}

function not(condition: Condition): Condition {
  return { type: 'not', args: [condition] };
}
