/** `Limit` and `Marker` of the list operations. */
import { AwsError } from '../../aws-error.ts';
import { readToken, writeToken } from '../../protocol/opaque-token.ts';

export interface PageRequest {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly Truncated: boolean;
  /** Present when truncated. */
  readonly NextMarker?: string;
}

/** Page sizes of the KMS API reference: without a `Limit`, and at most. */
export interface PageSize {
  readonly standard: number;
  readonly max: number;
}

/**
 * One page of a list. The marker names the last item that was sent, so a list may change between pages.
 *
 * @param idOf a text that orders the items and tells them apart
 * @throws AwsError InvalidMarkerException
 */
export function page<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  request: PageRequest,
  size: PageSize,
): Page<Item> {
  const after = request.Marker === undefined ? '' : readMarker(request.Marker);
  const limit = Math.min(request.Limit ?? size.standard, size.max);
  const rest = items
    .map((item) => ({ item, id: idOf(item) }))
    .filter(({ id }) => id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const sent = rest.slice(0, limit);
  const last = sent.at(-1);
  const truncated = rest.length > sent.length;
  return {
    items: sent.map(({ item }) => item),
    Truncated: truncated,
    ...(truncated && last && { NextMarker: writeToken({ after: last.id }) }),
  };
}

function readMarker(marker: string): string {
  const content = readToken(marker);
  if (typeof content === 'object' && content !== null && 'after' in content) return String(content.after);
  // The code is the model's. Inferred: the text.
  throw new AwsError('InvalidMarkerException', `The marker ${marker} is not valid.`);
}
