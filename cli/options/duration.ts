import { InvalidArgumentError } from 'commander';

const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `500ms`, `4s`, `1.5m`, `1h` or `0`, in milliseconds. @throws InvalidArgumentError */
export function duration(text: string): number {
  if (text === '0') return 0;
  const [, count = '', unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  if (unit !== 'ms' && unit !== 's' && unit !== 'm' && unit !== 'h') {
    throw new InvalidArgumentError('Write a duration like 500ms, 4s, 5m or 1h, or 0 for none.');
  }
  return Math.round(Number(count) * unitsMs[unit]);
}
