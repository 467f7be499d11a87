import type { Policy } from './policy.ts';

/** A policy in a few words, for the readers of a gradebook: `Due 2026-12-01 18:00 UTC. Late work loses 10 % per day.` */
export function policyWords({
  due,
  late,
  graceSeconds,
  rejectAfterSeconds,
  appliesTo,
  lateDays,
  attempts,
}: Policy): string {
  const words: string[] = [];
  if (due !== undefined) {
    words.push(`Due ${new Date(due).toISOString().slice(0, 16).replace('T', ' ')} UTC.`);
    words.push(lateWords(late));
    if (late.share > 0 && late.cap < 1) words.push(`Being late costs at most ${percent(late.cap)}.`);
    if (graceSeconds > 0) words.push(`Nothing is late for ${span(graceSeconds)} after that.`);
    if (rejectAfterSeconds !== undefined)
      words.push(`After ${span(rejectAfterSeconds)} nothing counts any more.`);
    if (late.share > 0 && appliesTo === 'check') words.push('Each check is late by itself.');
    if (lateDays.budget > 0) words.push(`${lateDays.perLab} late days are free.`);
  }
  const last = attempts.counts === 'last';
  words.push(
    Number.isFinite(attempts.limit)
      ? `The ${last ? 'last' : 'best'} of ${attempts.limit} attempts counts.`
      : `The ${last ? 'last' : 'best'} attempt counts.`,
  );
  return words.join(' ');
}

function lateWords({ share, perSeconds, of, compound }: Policy['late']): string {
  if (share === 0) return 'Being late costs nothing.';
  if (share === 1 && perSeconds === undefined) return 'Late work counts nothing.';
  const each = perSeconds === undefined ? '' : ` for each ${perSeconds === 3600 ? 'hour' : 'day'} begun`;
  const what = of === 'earned' ? ' of what it earned' : ' of what it could have earned';
  return `Late work loses ${percent(share)}${each}${compound ? ' of what the one before left' : what}.`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function span(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  const [size, unit] = units.find(([size]) => seconds % size === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
