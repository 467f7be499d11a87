/** What to say of a name that is not there, by the names that are. */
import { similarNames } from '../../checks/near-misses.ts';

const mostShown = 30;

/** Names that may have been meant, three at most: spelt nearly so, or cut short, or with something added. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const low = wanted.toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === low);
  if (same.length > 0) return same;
  const similar = similarNames(wanted, names);
  if (similar.length > 0) return similar;
  return names
    .filter((name) => {
      const other = name.toLowerCase();
      const short = other.length < low.length ? other : low;
      return short.length >= 4 && other.startsWith(short) && low.startsWith(short);
    })
    .slice(0, 3);
}

/** `Did you mean "sortKey"?`; without a near name, what there is. */
export function namesToTake(wanted: string, names: readonly string[]): string {
  const near = nearNames(wanted, names);
  if (near.length > 0) return `Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return 'Remove it: there are none.';
  const more = names.length > mostShown ? ', …' : '.';
  return `There are: ${names.slice(0, mostShown).join(', ')}${more}`;
}
