const irregular = new Map([
  ['used', 'use'],
  ['using', 'use'],
  ['uses', 'use'],
  ['keys', 'key'],
  ['made', 'make'],
  ['making', 'make'],
  ['gave', 'give'],
  ['given', 'give'],
  ['giving', 'give'],
  ['kept', 'keep'],
  ['saw', 'see'],
  ['seen', 'see'],
  ['chose', 'choose'],
  ['chosen', 'choose'],
  ['held', 'hold'],
]);

/**
 * An English word without the endings of plurals and verbs: `policies` and `policy`, `decrypting` and `decrypts` have one
 * stem. Meant for comparing words with each other only.
 */
export function stemOf(word: string): string {
  // Without its endings it would be taken for "not", which denies.
  if (/^not(?:es?|ed|ing)$/.test(word)) return 'note';
  const known = irregular.get(word);
  if (known !== undefined) return stemOf(known);
  let stem = word;
  if (/[^s]s$/.test(stem) && !/(us|is)$/.test(stem) && stem.length > 3)
    stem = stem.endsWith('ies') ? `${stem.slice(0, -3)}y` : stem.slice(0, -1);
  for (const ending of ['ing', 'ed']) {
    const rest = stem.slice(0, -ending.length);
    if (!stem.endsWith(ending) || rest.length < 3 || !/[aeiouy]/.test(rest)) continue;
    const last = rest.at(-1);
    stem = last === rest.at(-2) && !'lsz'.includes(last ?? '') ? rest.slice(0, -1) : rest;
    break;
  }
  if (stem.endsWith('e') && stem.length > 3) stem = stem.slice(0, -1);
  return stem.endsWith('y') && stem.length > 3 ? `${stem.slice(0, -1)}i` : stem;
}
