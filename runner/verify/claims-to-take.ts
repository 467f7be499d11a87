import type { Lab } from '../lab/lab.ts';
import { nearNames } from '../lab/near-names.ts';
import type { Proof } from '../proof/schema.ts';
import { claimsOf } from './claims.ts';

/**
 * Says which claims there are near a name that is none: of such names, of a mistake or a stage that is called so, or of the
 * same kind; else the kinds.
 */
export function claimsToTake(lab: Lab, proof: Proof, wanted: string): string {
  const ids = claimsOf(lab, proof).map(({ id }) => id);
  const [kind = ''] = wanted.split('/', 1);
  const last = wanted.split('/').at(-1) ?? '';
  const near = nearNames(wanted, ids);
  const named = ids.filter((id) => last !== '' && id.split('/').slice(1).includes(last));
  const meant = near.length > 0 ? near : named;
  if (meant.length > 0) return `Did you mean ${meant.slice(0, 5).join(' or ')}?`;
  const same = ids.filter((id) => id.startsWith(`${kind}/`));
  if (same.length > 0) return `There are: ${same.join(', ')}.`;
  const kinds = new Set(ids.map((id) => (id.includes('/') ? `${id.split('/', 1)[0]}/` : id)));
  return `There are: ${[...kinds].join(', ')}.`;
}
