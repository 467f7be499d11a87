/** Reads an item's key from where the item lies, which takes no key of KMS. */
import type { TableDefinition, WireValue } from '../data-plane.ts';

/** @param place dynalite's key string: a hash, then each key attribute in an order-preserving notation */
export function keyOfPlace(place: string, definition: TableDefinition): Record<string, WireValue> {
  const [, ...texts] = place.split('/');
  const entries = definition.KeySchema.map(({ AttributeName = '' }, index) => {
    const { AttributeType = 'S' } =
      definition.AttributeDefinitions.find((attribute) => attribute.AttributeName === AttributeName) ?? {};
    return [AttributeName, { [AttributeType]: readText(texts[index] ?? '', AttributeType) }] as const;
  });
  return Object.fromEntries(entries);
}

function readText(text: string, type: string): string {
  if (type === 'N') return readNumber(text);
  return Buffer.from(text, 'hex').toString(type === 'B' ? 'base64' : 'utf8');
}

/** A sign, the exponent in two hexadecimal digits, the digits; those of a negative number are its complement to 10. */
function readNumber(text: string): string {
  const negative = text.startsWith('0');
  const exponent = Number.parseInt(text.slice(1, 3), 16);
  if (!negative && exponent === 0) return '0';
  const written = text.slice(3);
  const digits = negative
    ? String(10n ** BigInt(written.length) - BigInt(written)).padStart(written.length, '0')
    : written;
  return (negative ? '-' : '') + plain(digits, negative ? 125 - exponent : exponent - 130);
}

/** The number with one digit before the point, times a power of ten, without an exponent. */
function plain(digits: string, power: number): string {
  const whole = power < 0 ? '0' : digits.slice(0, power + 1).padEnd(power + 1, '0');
  const fraction = power < 0 ? '0'.repeat(-power - 1) + digits : digits.slice(power + 1);
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}
