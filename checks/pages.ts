/** Follows AWS's pages to the end. */

/**
 * @param ask for the page after `marker`; the first call gets none
 * @param next the marker of the following page, if there is one
 */
export async function allPages<Page, Item>(
  ask: (marker: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  let marker: string | undefined;
  do {
    const page = await ask(marker);
    all.push(...(items(page) ?? []));
    marker = next(page);
  } while (marker !== undefined);
  return all;
}

/** The marker of an IAM answer's next page. */
export function iamMarker(page: { IsTruncated?: boolean; Marker?: string }): string | undefined {
  return page.IsTruncated ? page.Marker : undefined;
}

/** The marker of a KMS answer's next page. */
export function kmsMarker(page: { Truncated?: boolean; NextMarker?: string }): string | undefined {
  return page.Truncated ? page.NextMarker : undefined;
}
