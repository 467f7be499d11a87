/** What a drawing of the architecture says, in words. */
import { type ArchitectureView, type ProofState, stateWords } from '../view/architecture.ts';

export function titleOf(view: ArchitectureView): string {
  return `What this lab builds: ${view.summary}`;
}

export function nameOf(view: ArchitectureView, id: string): string {
  return view.parts.find((part) => part.id === id)?.title ?? id;
}

export function describe(view: ArchitectureView): string {
  const proof = (state: ProofState) => (state === 'given' ? '' : ` (${stateWords[state]})`);
  const parts = view.parts.map(
    ({ title, name, state }) => `${title}${name ? ` ${name}` : ''}${proof(state)}`,
  );
  const arrows = view.arrows.map(
    ({ from, to, says, state }) => `${nameOf(view, from)} to ${nameOf(view, to)}: ${says}${proof(state)}`,
  );
  return [...parts, ...arrows].map((line) => `${line}.`).join(' ');
}
