/** What is nearly what was looked for: a name that differs little, the right name in another Region. */
import { distance } from 'fastest-levenshtein';
import type { Account } from './account.ts';
import { CallError, type CallName } from './call.ts';

/** Where a thing may be instead, one call each: the Regions that AWS's own tutorials and most accounts use. */
const likelyRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
];

/** Names that may have been meant, the nearest first, three at most. */
export function similarNames(wanted: string, names: readonly string[]): string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const most = Math.max(2, Math.floor(plain(wanted).length / 4));
  return names
    .map((name) => ({ name, away: distance(plain(wanted), plain(name)) }))
    .filter(({ name, away }) => name !== wanted && away <= most)
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `Did you mean ...?` for one name or several; nothing for none. */
export function didYouMean(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.map((name) => `\`${name}\``).join(' or ');
  return [`Did you mean ${shown}? Then check with that name (\`--set\`), or change it.`];
}

/** Regions other than the account's in which `ask` is answered. */
export async function regionsWith<Calls extends CallName>(
  account: Account<Calls>,
  ask: (there: Account<Calls>) => Promise<unknown>,
): Promise<string[]> {
  const others = likelyRegions.filter((region) => region !== account.region);
  const found = await Promise.all(
    others.map(async (region) => {
      try {
        await ask(account.inRegion(region));
        return [region];
      } catch (error) {
        if (error instanceof CallError) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

/** `There is one in eu-west-1: ...` */
export function inOtherRegion(regions: readonly string[]): string[] {
  const [first] = regions;
  if (first === undefined) return [];
  return [
    `There is one in ${regions.join(' and ')}. Everything of this lab belongs into one Region: check there with \`--region ${first}\`, or make it here.`,
  ];
}

/** Looks for near misses with calls that nobody has to permit: what is refused or fails finds nothing. */
export async function hints(...searches: (() => Promise<string[]>)[]): Promise<string[]> {
  const found = await Promise.all(
    searches.map(async (search) => {
      try {
        return await search();
      } catch (error) {
        if (error instanceof CallError) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}
