/** Writing SVG. Presentation attributes alone, which a page's strict style policy allows; every text is escaped. */

/** A drawing without its colours: they come with the place where it is shown. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What it is, for those who do not see it. */
  readonly title: string;
  /** Everything that it says. */
  readonly description: string;
  readonly body: string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  // U+FFFE and U+FFFF are no characters of XML, whose controls have been taken out of every text before.
  return text
    .replace(/[&<>"]/g, (character) => entities[character] ?? '')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}

/** An element; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value)}"`],
  );
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

/**
 * The drawing as an SVG element.
 *
 * @param id a name of its own in the page, for the text alternatives
 */
export function svgElement(
  { width, height, title, description, body }: Drawing,
  id: string,
  className?: string,
): string {
  const words =
    element('title', { id: `${id}-title` }, escapeXml(title)) +
    element('desc', { id: `${id}-desc` }, escapeXml(description));
  return element(
    'svg',
    {
      class: className,
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title`,
      'aria-describedby': `${id}-desc`,
    },
    words + body,
  );
}

function round(number: number): string {
  return String(Math.round(number * 10) / 10);
}
