/** The key policy before and after, from the `kms:GetKeyPolicy` answers of a result. */
import type { Witness } from '../evidence.ts';
import { asObject, textAt } from '../json.ts';
import { count } from '../plain-text.ts';
import { type PolicyDiff, policyDiff } from '../policy-diff.ts';
import { type TimeView, timeView } from '../time.ts';
import type { KeyCardView } from './key-card.ts';

export interface PolicyChangeView {
  /** `2 lines added, none removed` */
  readonly summary: string;
  readonly lines: readonly { readonly sign: string; readonly kind: string; readonly text: string }[];
  /** The same lines as a patch, for Markdown's diff fences. */
  readonly patch: string;
  readonly before: TimeView;
  readonly after: TimeView;
  readonly witness: Witness;
}

const signs: Readonly<Record<PolicyDiff['lines'][number]['kind'], string>> = {
  same: ' ',
  added: '+',
  removed: '-',
  gap: '@',
};

/** What changed between the first and the last policy seen of the key; undefined when nothing did. */
export function policyChangeView(
  witnesses: readonly Witness[],
  key: KeyCardView | undefined,
): PolicyChangeView | undefined {
  const seen = witnesses
    .filter(
      ({ call }) =>
        call.call === 'kms:GetKeyPolicy' && policyOf({ call }) !== undefined && isOf(call.input, key),
    )
    .sort((a, b) => Date.parse(a.call.at) - Date.parse(b.call.at));
  const [first] = seen;
  const last = seen.at(-1);
  if (!first || !last) return undefined;
  const diff = policyDiff(policyOf(first) ?? '', policyOf(last) ?? '');
  if (!diff) return undefined;
  const lines = diff.lines.map(({ kind, text }) => ({ kind, text, sign: signs[kind] }));
  return {
    summary: `${count(diff.added, 'line')} added, ${diff.removed === 0 ? 'none' : diff.removed} removed`,
    lines,
    patch: lines
      .map(({ kind, sign, text }) => (kind === 'gap' ? `@@ ${text} @@` : `${sign} ${text}`))
      .join('\n'),
    before: timeView(first.call.at),
    after: timeView(last.call.at),
    witness: last,
  };
}

function policyOf({ call }: Pick<Witness, 'call'>): string | undefined {
  const policy = asObject(call.output)?.Policy;
  return typeof policy === 'string' ? policy : undefined;
}

/** Whether the call asked for the key on the card, by alias, id or ARN. Without a card any key will do. */
function isOf(input: unknown, key: KeyCardView | undefined): boolean {
  const asked = textAt(input, 'KeyId');
  if (!key || asked === undefined) return true;
  return asked === key.name || asked === key.arn || asked.split('/').at(-1) === key.id;
}
