/** Lists in pages: `Marker`, `MaxItems`, `IsTruncated`. */
import type { ManagedPolicy } from './entities.ts';
import { validationError } from './errors.ts';

export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** The members of the answer that say whether there is more. */
  readonly more: { IsTruncated: boolean; Marker?: string };
}

const defaultMaxItems = 100;

/**
 * The page that a request asks for, in the order of the items' keys.
 *
 * A marker holds the key of the last item that was seen, so that a page starts in the right place also after
 * items came or went in between.
 *
 * @param keyOf unique among the items
 * @throws AwsError ValidationError for a marker that no answer gave
 */
export function pageOf<Item>(
  all: readonly Item[],
  request: PageRequest,
  keyOf: (item: Item) => string,
): Page<Item> {
  const seen = request.Marker === undefined ? undefined : readMarker(request.Marker);
  const rest = all
    .map((item) => ({ item, key: keyOf(item).toLowerCase() }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .filter(({ key }) => seen === undefined || key > seen);
  const page = rest.slice(0, request.MaxItems ?? defaultMaxItems);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    more:
      last && rest.length > page.length
        ? { IsTruncated: true, Marker: Buffer.from(last.key).toString('base64') }
        : { IsTruncated: false },
  };
}

/** Orders policies by name; one of the account's and one of AWS's may have the same. */
export function policyKey({ name, arn }: ManagedPolicy): string {
  return `${name} ${arn.startsWith('arn:aws:iam::aws:') ? 'AWS' : 'customer'}`;
}

function readMarker(marker: string): string {
  const key = Buffer.from(marker, 'base64').toString('utf8');
  // Inferred: that an unknown marker is refused is documented, the sentence is not.
  if (Buffer.from(key).toString('base64') !== marker) throw validationError('Invalid Marker.');
  return key;
}
