import type { Basis } from '../result.ts';

/** How somebody wants the test user to be tried. */
export type ProbeWay = 'key' | 'profile' | 'history' | 'reason';

/** Who names a way that looks at records or policies wants that one; otherwise every way is open, strongest first. */
export function waysOf(way: ProbeWay | undefined): ReadonlySet<Basis> {
  if (way === 'history') return new Set(['history']);
  return way === 'reason' ? new Set(['reasoned']) : new Set(['observed', 'history', 'reasoned']);
}
