import type { Item, ItemState } from '../../runner/doctor/item.ts';
import { plain, type Style } from './style.ts';

const signs: Record<ItemState, string> = { good: '✔', warning: '!', missing: '✘', unknown: '?' };

/** A line for what was seen, and one for what to do. */
export function itemText({ state, message, advice }: Item, style: Style): string {
  const lines = [`${style.state(state, signs[state])} ${style.markdown(plain(message))}`];
  if (advice !== undefined) lines.push(`  → ${style.markdown(plain(advice))}`);
  return `${lines.join('\n')}\n`;
}
