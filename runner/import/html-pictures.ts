/** The report takes no HTML, so a picture that was put in as a tag becomes one in Markdown; its words stay. */
export function pictureTagsAsMarkdown(source: string): string {
  if (/^(?: {4}|\t|```|~~~)/.test(source) || source.includes('`')) return source;
  return source.replace(/<img\s[^<>]{0,2000}>/gi, (tag) => {
    const address = attribute(tag, 'src');
    if (address === undefined || /[\s<>()]/.test(address)) return tag;
    const words = [attribute(tag, 'alt'), attribute(tag, 'title')].filter((one) => one?.trim());
    return `![${words.join(' ').replace(/[[\]\\]/g, '\\$&')}](${address})`;
  });
}

function attribute(tag: string, name: string): string | undefined {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
}
