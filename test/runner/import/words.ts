/** The words of texts, to be counted. */

/** How often each word is there. Markup is none: tags become their descriptions, addresses stay. */
export function wordCounts(...texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function wordsOf(text: string): string[] {
  const plain = text.replace(/<img [^>]*src="([^"]*)"[^>]*alt="([^"]*)"[^>]*>/g, '$2 $1');
  return plain.match(/[\p{L}\p{N}\ufffd]+/gu) ?? [];
}
