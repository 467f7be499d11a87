/** Instants as people write them: with an offset, or as a local time of a time zone. */

const day = 24 * 60 * 60 * 1000;

/** A text that names no instant; the message says why, and what to write. */
export class NotATime extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotATime';
  }
}

/**
 * The instant that a text names, in milliseconds. A day without a time means its last moment: the following midnight. A
 * time without an offset is one of the zone; where clocks go back and it comes twice, the later one.
 *
 * @param zone IANA name: Europe/Berlin
 * @throws NotATime
 */
export function dueTime(text: string, zone: string): number {
  const written =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
      text.trim(),
    );
  if (!written) {
    const slashes = /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}/.test(text);
    throw new NotATime(
      `"${text}" ${slashes ? 'may be read in two ways, day or month first' : 'is no date'}. Write 2026-12-24, 2026-12-24 18:00 or 2026-12-24T18:00+01:00.`,
    );
  }
  const [year, month, date, hour = 0, minute = 0, second = 0] = written
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const wall = Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0, hour, minute, second);
  const back = new Date(wall);
  const midnight = hour === 24 && minute === 0 && second === 0;
  const real =
    Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0) ===
      Date.UTC(year ?? 0, (month ?? 0) - 1, 1) + ((date ?? 0) - 1) * day &&
    new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0)).getUTCMonth() === (month ?? 0) - 1 &&
    (midnight || back.getUTCHours() === hour) &&
    minute < 60 &&
    second < 60;
  if (!real) throw new NotATime(`"${text}" is no day or time that there is.`);
  const end = written[4] === undefined ? wall + day : wall;
  const offset = written[7];
  if (offset === undefined) return inZone(end, zone, text);
  if (/^z$/i.test(offset)) return end;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  if (Number(hours) > 14 || Number(minutes) > 59)
    throw new NotATime(`"${text}" has an offset that no place has.`);
  return end - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Whether this machine knows a time zone of that name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Seconds of `45m`, `36h`, `2d`, `1w`, also in words (`2 days`); undefined when it is none. */
export function durationSeconds(text: string): number | undefined {
  const [, number, unit = ''] = /^\+?\s*(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const word = unit.toLowerCase();
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[word[0] ?? ''];
  const meant = /^(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/.test(word);
  return seconds === undefined || !meant ? undefined : Number(number) * seconds;
}

/** @param wall the local time as if it were UTC */
function inZone(wall: number, zone: string, text: string): number {
  // The zone's offsets before and after any change nearby.
  const offsets = new Set([-day, 0, day].map((away) => offsetAt(wall + away, zone)));
  const instants = [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, zone) === wall);
  if (instants.length > 0) return Math.max(...instants);
  throw new NotATime(
    `"${text}" does not come in ${zone}: the clocks go forward over it. Write another time, or its offset.`,
  );
}

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}
