/** DynamoDB attribute values (`{ "S": "1" }`) as the console's item explorer shows them: `1`. */
import { asList, asObject } from './json.ts';

/** Writes an attribute value without its type; text that is no attribute value is shown as JSON. */
export function attributeText(value: unknown): string {
  const plain = plainValue(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

// The types are those of the AttributeValue page of DynamoDB's API reference.
function plainValue(value: unknown): unknown {
  const entries = Object.entries(asObject(value) ?? {});
  const [type, content] = entries[0] ?? [];
  if (entries.length !== 1) return value;
  switch (type) {
    case 'S':
    case 'N':
    case 'BOOL':
      return typeof content === 'string' ? content : String(content);
    case 'NULL':
      return 'null';
    case 'B':
      return typeof content === 'string' ? `binary ${content}` : 'binary';
    case 'SS':
    case 'NS':
    case 'BS':
      return asList(content);
    case 'L':
      return asList(content).map(plainValue);
    case 'M':
      return Object.fromEntries(
        Object.entries(asObject(content) ?? {}).map(([name, member]) => [name, plainValue(member)]),
      );
    default:
      return value;
  }
}
