import MarkdownIt from 'markdown-it';

/** Reads Markdown as the guide does: HTML is text like any other, and every address is a link, to be judged later. */
export const markdownParser = new MarkdownIt({ html: false, linkify: false });
markdownParser.validateLink = () => true;

/** Where a line of a text begins, characters from 0. @param line from 0 */
export function lineStart(text: string, line: number): number {
  let start = 0;
  for (let passed = 0; passed < line; passed++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start;
}
