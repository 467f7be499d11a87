/** How the templates of a format are read. */

export type Format = 'html' | 'md';

/** For Handlebars: a name that the context lacks is an error, and helpers escape Markdown themselves. */
export function compileOptions(format: Format) {
  return { strict: true, noEscape: format === 'md', preventIndent: true };
}

/** @param path in `templates/` */
export function sourceOf(path: string, source: string, format: Format): string {
  // A file's last line end would put a space before the punctuation that follows a partial inside a sentence.
  return format === 'html' && path.startsWith('partials/') ? source.trimEnd() : source;
}
