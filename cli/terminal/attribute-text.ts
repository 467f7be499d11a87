/** Items of DynamoDB as text that no terminal takes for anything else. */

export type WireItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `diagnosis = "a broken leg"`, for each attribute. */
export function attributeLines(item: WireItem): string[] {
  return Object.entries(item).map(([name, value]) => `${nameText(name)} = ${valueText(value)}`);
}

/** An attribute value from the wire: `{ "S": "text" }`, binary values in base64. */
function valueText(value: Readonly<Record<string, unknown>>): string {
  const [type = '', held] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'S':
      return quoted(String(held));
    case 'B':
      return `${Buffer.from(String(held), 'base64').length} bytes ${escaped(String(held))}`;
    case 'NULL':
      return 'null';
    case 'SS':
      return `{${(held as string[]).map(quoted).join(', ')}}`;
    case 'NS':
    case 'BS':
      return `{${(held as string[]).map(escaped).join(', ')}}`;
    case 'L':
      return `[${(held as Record<string, unknown>[]).map(valueText).join(', ')}]`;
    case 'M':
      return `{${attributeLines(held as WireItem).join(', ')}}`;
    default:
      // Numbers and booleans.
      return escaped(String(held));
  }
}

function nameText(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return escaped(JSON.stringify(text));
}

/** What a terminal would act on, or not show, in the notation of JavaScript. */
function escaped(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu,
    (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`,
  );
}
