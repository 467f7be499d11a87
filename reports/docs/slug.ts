/** The anchor of a heading, as GitHub and MkDocs make it from its words: `1. Create a key` is at `1-create-a-key`. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\s-]/gu, '')
    .replace(/\s/g, '-');
}
