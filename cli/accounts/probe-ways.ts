import type { Basis } from '../../runner/result.ts';
import type { ProbeChoice } from '../options/probe.ts';

/** Who names a way that looks at records or policies wants that one; otherwise every way is open, strongest first. */
export function waysOf(choice: ProbeChoice | undefined): ReadonlySet<Basis> {
  if (choice?.way === 'history') return new Set(['history']);
  if (choice?.way === 'reason') return new Set(['reasoned']);
  return new Set(['observed', 'history', 'reasoned']);
}
