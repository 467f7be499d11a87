/** Text and JSON from elsewhere, made fit for any document, before anything is rendered. */

/** Controls other than tab and newline, and halves of surrogate pairs: no document format can carry them. */
const unprintable = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;

/**
 * Embeddings, overrides and isolates: they could reorder text outside the value that holds them. Right-to-left
 * letters need none of them.
 */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g;

/** Makes text printable: line ends become `\n`, what no document can carry becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(directionControls, '').replace(unprintable, '\ufffd');
}

/** The same value with every string in it, member names included, cleaned; what is clean already is not copied. */
export function cleanJson<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) {
    const list = value.map(cleaned);
    return list.some((one, at) => one !== value[at]) ? list : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, member, cleanText(name), cleaned(member)] as const,
  );
  return members.some(([name, member, cleanName, clean]) => cleanName !== name || clean !== member)
    ? Object.fromEntries(members.map(([, , name, member]) => [name, member]))
    : value;
}

/** Shortens text to `limit` characters and says how many are missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit).replace(/\p{Cs}$/u, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}

/** `1 item`, `3 items` */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
