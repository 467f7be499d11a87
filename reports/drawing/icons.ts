/** Small drawings of things, 24 by 24. */
import { element } from './svg.ts';

export type IconName =
  | 'person'
  | 'database'
  | 'key'
  | 'policy'
  | 'function'
  | 'storage'
  | 'service'
  | 'table'
  | 'lock-open'
  | 'lock-closed';

const strokes: Readonly<Record<IconName, string>> = {
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  database: 'M4 6c0-3.3 16-3.3 16 0s-16 3.3-16 0v12c0 3.3 16 3.3 16 0V6M4 12c0 3.3 16 3.3 16 0',
  key: 'M7.5 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M12 12h9.5v4M17.5 12v3',
  policy: 'M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 12.5h7M9 16.5h7',
  function: 'M5 20l6.5-11M14.5 20h3.5M7.5 4h2.5l6.5 16',
  storage: 'M4 5.5h16l-2 14.5H6zM4.5 9.5h15',
  service: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  table: 'M3 4.5h18v15H3zM3 9.5h18M9 9.5v10',
  'lock-open': 'M6.5 10.5V7a4.5 4.5 0 0 1 8.7-1.6M4 10.5h14v10.5H4zM11 14.5v2.6',
  'lock-closed': 'M7.5 10.5V7a4.5 4.5 0 0 1 9 0v3.5M5 10.5h14v10.5H5zM12 14.5v2.6',
};

export function icon(name: IconName, x: number, y: number, colour: string, size = 22): string {
  return element('path', {
    d: strokes[name],
    transform: `translate(${x} ${y}) scale(${size / 24})`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

const marks: Readonly<Record<'proven' | 'failed' | 'open', string>> = {
  proven: 'M4.4 8.3l2.4 2.4 4.8-5.2',
  failed: 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6',
  open: 'M5 8h6',
};

/** Whether something is proven, 16 by 16: by shape as well as by colour. */
export function mark(
  state: 'proven' | 'failed' | 'open',
  x: number,
  y: number,
  colours: { readonly fill: string; readonly cut: string },
): string {
  const at = `translate(${x} ${y})`;
  const stroke = { fill: 'none', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  if (state === 'open') {
    const ring = {
      cx: 8,
      cy: 8,
      r: 7,
      stroke: colours.fill,
      'stroke-width': 1.6,
      'stroke-dasharray': '3 2.5',
    };
    return element(
      'g',
      { transform: at },
      element('circle', { ...ring, fill: 'none' }) +
        element('path', { d: marks.open, stroke: colours.fill, ...stroke }),
    );
  }
  const shape =
    state === 'proven'
      ? element('circle', { cx: 8, cy: 8, r: 8, fill: colours.fill })
      : element('path', {
          d: 'M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z',
          fill: colours.fill,
        });
  return element(
    'g',
    { transform: at },
    shape + element('path', { d: marks[state], stroke: colours.cut, ...stroke }),
  );
}
