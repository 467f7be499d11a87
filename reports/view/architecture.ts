/** What the lab builds, and which of it the findings prove. */
import type { Architecture, CheckResult, Result } from '../../runner/result.ts';

/** `given` where nothing has to be proven; `open` as long as one of its findings has not been judged. */
export type ProofState = 'proven' | 'failed' | 'open' | 'given';

export interface ArchitectureView {
  readonly parts: readonly (Omit<Architecture['parts'][number], 'provenBy'> & {
    readonly state: ProofState;
  })[];
  readonly arrows: readonly (Omit<Architecture['arrows'][number], 'provenBy'> & {
    readonly state: ProofState;
  })[];
  /** `6 of 7 proven, 1 not judged yet` */
  readonly summary: string;
}

export const stateWords: Readonly<Record<Exclude<ProofState, 'given'>, string>> = {
  proven: 'proven',
  failed: 'not as it should be',
  open: 'not judged yet',
};

/** Undefined where the lab's author drew nothing. */
export function architectureView({ lab, stages }: Result): ArchitectureView | undefined {
  const { architecture } = lab;
  if (!architecture) return undefined;
  const checks = stages.flatMap((stage) => stage.checks);
  const judged = <Thing extends { readonly provenBy: readonly string[] }>({ provenBy, ...thing }: Thing) => ({
    ...thing,
    state: stateOf(provenBy, checks),
  });
  const parts = architecture.parts.map(judged);
  const known = new Set(parts.map(({ id }) => id));
  const arrows = architecture.arrows
    .filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
    .map(judged);
  return { parts, arrows, summary: summaryOf([...parts, ...arrows].map(({ state }) => state)) };
}

function stateOf(names: readonly string[], checks: readonly CheckResult[]): ProofState {
  if (names.length === 0) return 'given';
  const found = names.map((name) => checks.find(({ as, check }) => as === name || check === name));
  if (found.some((check) => check?.verdict === 'fail')) return 'failed';
  return found.every((check) => check?.verdict === 'pass') ? 'proven' : 'open';
}

function summaryOf(states: readonly ProofState[]): string {
  const number = (state: ProofState) => states.filter((one) => one === state).length;
  const total = states.length - number('given');
  return [
    `${number('proven')} of ${total} proven`,
    ...(['failed', 'open'] as const).flatMap((state) =>
      number(state) > 0 ? `${number(state)} ${stateWords[state]}` : [],
    ),
  ].join(', ');
}
