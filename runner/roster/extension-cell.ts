import { dueTime, durationSeconds, NotATime } from '../grading-policy/due-time.ts';
import type { Cell, Extension } from './roster.ts';

const longest = 366 * 86_400;

/** More time: a due date of one's own, or how much longer (`2d`, `36 hours`). */
export function extensionCell(text: string, zone: string): Cell<Extension> {
  const seconds = durationSeconds(text);
  if (seconds !== undefined) {
    if (seconds > 0 && seconds <= longest) return { value: { seconds } };
    return {
      message: `The extension "${text}" is not between a second and a year.`,
      fix: 'Write it as 2d or 36h.',
    };
  }
  if (/^\d{4,6}([.,]\d+)?$/.test(text)) {
    return {
      message: `The extension "${text}" is a number; a spreadsheet may have stored a date so.`,
      fix: 'Format the column as text, and write 2026-12-24 18:00, or 2d for two more days.',
    };
  }
  try {
    return { value: { until: new Date(dueTime(text, zone)).toISOString() } };
  } catch (error) {
    if (!(error instanceof NotATime)) throw error;
    return { message: `The extension: ${error.message}`, fix: 'Or write how much longer: 2d, 36h.' };
  }
}
