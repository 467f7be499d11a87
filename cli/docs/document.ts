/** What `labwright docs` writes. */

/** Whom documents are for, or what they are: `--for`. */
export const audiences = ['learner', 'instructor', 'site', 'checks'] as const;
export type Audience = (typeof audiences)[number];

export const formats = ['md', 'html', 'both'] as const;
export type DocumentFormat = (typeof formats)[number];

/** A Markdown document, from which its page is made. */
export interface Document {
  /** In the folder, without an ending: `labs/encrypt-data-with-kms`. */
  readonly name: string;
  readonly markdown: string;
  /** The command that writes it, for its first line. */
  readonly command: string;
}

/** The command that writes the handout of a lab. */
export function handoutCommand(labId: string): string {
  return `labwright docs ${labId}`;
}
