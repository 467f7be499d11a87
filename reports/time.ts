/** Instants and durations in words. All times are UTC, so that a write-up reads the same everywhere. */

const instant = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

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
  return {
    iso: new Date(time).toISOString(),
    text: `${instant.format(time)} UTC`,
    clock: `${clock.format(time)} UTC`,
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
