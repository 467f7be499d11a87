/** A picture as a learner adds it. */
import type { Picture } from '../../reports/picture.ts';

/** A red dot of one by one, as PNG. */
export const redDot: Picture = {
  type: 'png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
};
