/** What two learners cannot both have, or one cannot have at all: for the instructor to look into, and no accusation. */
import type { ClassResult } from '../../../runner/class-result.ts';
import { clip } from '../../plain-text.ts';
import { learnerLink } from './learner-link.ts';

interface LookView {
  /** `look-1`, to be led to from learners' rows. */
  readonly anchor: string;
  readonly title: string;
  readonly message: string;
  /** What it can be without anybody having done wrong. */
  readonly innocent: string | undefined;
  /** The account, request ids or digest that show it. */
  readonly shown: readonly string[];
  readonly moreShown: number;
  readonly learners: readonly { readonly id: string; readonly href: string | undefined }[];
}

/** Where each learner's row leads: by learner id, in the order of the list. */
type LooksOf = ReadonlyMap<string, readonly { readonly anchor: string; readonly title: string }[]>;

const mostShown = 4;

const kinds: Readonly<Record<string, { readonly title: string; readonly innocent: string }>> = {
  'one account': {
    title: 'One account for several learners',
    innocent: 'They may share it on purpose, or a line of the roster may name the wrong role.',
  },
  'copied evidence': {
    title: 'The same AWS requests in several results',
    innocent: 'A result may have been put into two folders by mistake.',
  },
  'copied recording': {
    title: 'The same recording for several learners',
    innocent: 'A folder may have been copied by mistake.',
  },
  'swapped account': {
    title: 'Another account than the one that was declared',
    innocent: 'The learner may have moved to another account, or the roster may be out of date.',
  },
  'mixed accounts': {
    title: 'Calls of another account in a result',
    innocent: 'Credentials may have changed while the lab was checked.',
  },
  'edited result': {
    title: 'A result that is not as it was written',
    innocent: 'A file may be damaged, or have been changed by another program.',
  },
};

export function toLookInto({ doubles = [], learners }: ClassResult): {
  readonly looks: readonly LookView[];
  readonly looksOf: LooksOf;
} {
  const links = new Map(learners.map((one) => [one.id, learnerLink(one)]));
  const looks = doubles.map(({ kind, learners: ids, message, shown }, at): LookView => {
    const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return {
      anchor: `look-${at + 1}`,
      title: known?.title ?? kind,
      message: clip(message, 600),
      innocent: known?.innocent,
      shown: shown.slice(0, mostShown),
      moreShown: Math.max(0, shown.length - mostShown),
      learners: ids.map((id) => ({ id, href: links.get(id) })),
    };
  });
  const looksOf = new Map<string, { anchor: string; title: string }[]>();
  for (const { anchor, title, learners: named } of looks)
    for (const { id } of named) looksOf.set(id, [...(looksOf.get(id) ?? []), { anchor, title }]);
  return { looks, looksOf };
}
