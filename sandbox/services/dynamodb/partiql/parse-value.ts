/** Values in a statement; page "PartiQL data types for DynamoDB". */
import { AwsError } from '../../../aws-error.ts';
import type { WireValue } from '../data-plane.ts';
import { illFormed, refused } from './refusals.ts';
import type { TokenReader } from './token-reader.ts';

/** Whether a value begins here. */
export function valueBegins(reader: TokenReader): boolean {
  const { kind } = reader.peek();
  if (kind === 'string' || kind === 'number') return true;
  if (['?', '[', '{', '<<', '-'].some((symbol) => reader.isSymbol(symbol))) return true;
  return ['TRUE', 'FALSE', 'NULL'].some((word) => reader.isWord(word));
}

/**
 * @param place how a refusal names the value: `root`, `root.x[1]`
 * @throws AwsError ValidationException
 */
export function parseValue(reader: TokenReader, place = 'root'): WireValue {
  const { kind, text } = reader.peek();
  if (kind === 'string') return { S: reader.next().text };
  if (kind === 'number') return parseNumber(reader, '', place);
  if (reader.takeSymbol('-')) return parseNumber(reader, '-', place);
  if (reader.takeSymbol('?')) return reader.context.readValue(reader.nextParameter());
  if (reader.takeSymbol('[')) return { L: parseList(reader, place) };
  if (reader.takeSymbol('{')) return { M: parseMap(reader, place) };
  if (reader.takeSymbol('<<')) return parseSet(reader, place);
  if (reader.takeWords('TRUE')) return { BOOL: true };
  if (reader.takeWords('FALSE')) return { BOOL: false };
  if (reader.takeWords('NULL')) return { NULL: true };
  throw unexpected(kind, text, reader);
}

/** What stands where a value or a path should begin. */
function unexpected(kind: string, text: string, reader: TokenReader): AwsError {
  if (reader.isWord('IS') || reader.isWord('LIKE')) return illFormed('Unexpected operator');
  if (reader.isKeyword()) return illFormed('Unexpected keyword');
  if (kind === 'symbol' && /^([=<>]|!=|<=|>=|<>|\+)$/.test(text)) return illFormed('Unexpected operator');
  return illFormed('Unexpected term');
}

function parseNumber(reader: TokenReader, sign: string, place: string): WireValue {
  const { kind, text } = reader.next();
  if (kind !== 'number' || !fitsScale(text)) throw illFormed(kind === 'number' ? '' : 'Unexpected operator');
  try {
    return reader.context.readValue({ N: sign + text });
  } catch (error) {
    if (error instanceof AwsError) throw refused(`${error.message} under ${place}`);
    throw error;
  }
}

/** The exponent, and what is left of it after the digits behind the point, are numbers of 32 bits. */
function fitsScale(text: string): boolean {
  const [, fraction = '', exponent = '0'] = /^\d*\.?(\d*)(?:[eE](.+))?$/.exec(text) ?? [];
  const limit = 2 ** 31;
  return Math.abs(Number(exponent)) < limit && Math.abs(fraction.length - Number(exponent)) < limit;
}

function parseList(reader: TokenReader, place: string): WireValue[] {
  if (reader.takeSymbol(']')) return [];
  let index = 0;
  const elements = reader.list(() => reader.nested(() => parseValue(reader, `${place}[${index++}]`)));
  reader.expectSymbol(']');
  return elements;
}

function parseMap(reader: TokenReader, place: string): Record<string, WireValue> {
  if (reader.takeSymbol('}')) return {};
  const members = new Map<string, WireValue>();
  reader.list(() => {
    const { kind, text } = reader.next();
    // Inferred: the text. Names are strings: 'name', not "name".
    if (kind !== 'string') throw illFormed('Expected a string as the name of an attribute');
    if (members.has(text)) throw refused(`Duplicate keys in tuple. Key: ${text} under ${place}`);
    reader.expectSymbol(':');
    // Numbers right under an inserted item are said to be "under root" (observed on AWS).
    const inner = place === 'item' ? 'root' : `${place}.${text}`;
    members.set(
      text,
      reader.nested(() => parseValue(reader, inner)),
    );
  });
  reader.expectSymbol('}');
  return Object.fromEntries(members);
}

/** `<<1, 2>>`. Texts of DynamoDB local. */
function parseSet(reader: TokenReader, place: string): WireValue {
  if (reader.takeSymbol('>>')) throw refused('Empty bags are not supported');
  const elements = reader.list(() => reader.nested(() => parseValue(reader, place)));
  reader.expectSymbol('>>');
  for (const type of ['S', 'N', 'B']) {
    const members = elements.flatMap((element) => element[type] ?? []);
    if (members.length === elements.length) return reader.context.readValue({ [`${type}S`]: members });
  }
  throw refused('Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags');
}
