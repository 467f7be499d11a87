/** Longer than any word worth mending. */
const longest = 30;

/**
 * Whether `written` may be `meant` misspelt: one slip (a letter too many, missing, wrong, or two swapped) in words of six to
 * eight letters, two in longer ones. The first letter has to be right: "asymmetric" is no slip for "symmetric", nor
 * "decrypted" for "encrypted".
 */
export function isMisspelling(written: string, meant: string): boolean {
  const slips = meant.length >= 9 ? 2 : meant.length >= 6 ? 1 : 0;
  if (slips === 0 || written.length > longest || meant.length > longest) return false;
  if (written[0] !== meant[0] || Math.abs(written.length - meant.length) > slips) return false;
  return slipsBetween(written, meant) <= slips;
}

/** The distance of Damerau and Levenshtein in which no part is changed twice. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
