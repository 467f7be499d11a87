import { readFileSync } from 'node:fs';

/** Of /proc: hundredths of a second (`USER_HZ`). */
const tickMs = 10;

/**
 * Milliseconds of processor time that a process has used so far, which other work on the machine disturbs less than
 * the time on the clock. NaN where there is no /proc.
 */
export function processorMs(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; `utime` and `stime` are the fields 14 and 15.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return Number.NaN;
  }
}
