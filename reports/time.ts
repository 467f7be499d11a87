/** Instants and durations in words. All times are UTC, so that a write-up reads the same everywhere. */

// `Intl` would do the same, but its data takes longer to load than a write-up to render.
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** An instant as a document shows it. */
export interface TimeView {
  /** For `<time datetime>`; undefined when the given text is no instant. */
  readonly iso: string | undefined;
  /** `22 November 2026 at 10:05 UTC` */
  readonly text: string;
  /** `10:05:03 UTC` */
  readonly clock: string;
}

/** Describes an ISO 8601 instant; text that is none is shown as it is. */
export function timeView(iso: string): TimeView {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return { iso: undefined, text: iso, clock: iso };
  const date = new Date(time);
  const clock = date.toISOString().split('T')[1]?.slice(0, 8) ?? '';
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return {
    iso: date.toISOString(),
    text: `${day} at ${clock.slice(0, 5)} UTC`,
    clock: `${clock} UTC`,
  };
}

/** `less than a second`, `4 s`, `2 min 5 s`, `1 h 3 min`; undefined when it cannot be told. */
export function durationBetween(startIso: string, endIso: string): string | undefined {
  const seconds = Math.round((Date.parse(endIso) - Date.parse(startIso)) / 1000);
  if (Number.isNaN(seconds) || seconds < 0) return undefined;
  if (seconds === 0) return 'less than a second';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
