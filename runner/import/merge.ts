/** What an import changes in what the learner has already. */
import type { Additions } from '../state/additions.ts';
import type { ReadWriteUp } from './read-write-up.ts';

/** One text of the write-up beside what is there under the same name. */
export interface Merged {
  /** A question's id, `author`, `email`, `opening`, or a section's heading. */
  readonly name: string;
  readonly kind: 'answer' | 'addition' | 'section';
  /** `kept`: there is another text, which stays; `replaced`: there was one. */
  readonly state: 'new' | 'same' | 'kept' | 'replaced';
  readonly before?: string;
  readonly text: string;
}

export interface Merge {
  readonly parts: readonly Merged[];
  /** Answers to write. */
  readonly answers: Readonly<Record<string, string>>;
  /** Members of the additions to write. */
  readonly additions: Partial<Additions>;
}

/** @param replace whether the write-up goes before what is there */
export function merge(
  read: ReadWriteUp,
  there: { readonly answers: Readonly<Record<string, string>>; readonly additions?: Additions | undefined },
  replace: boolean,
): Merge {
  const parts: Merged[] = [];
  const answers: Record<string, string> = {};
  for (const [id, text] of Object.entries(read.answers)) {
    const part = compare(
      'answer',
      id,
      text,
      Object.hasOwn(there.answers, id) ? there.answers[id] : undefined,
    );
    if (isWritten(part)) answers[id] = text;
  }
  const additions: Partial<Additions> = {};
  for (const name of ['author', 'email', 'opening'] as const) {
    const text = read.additions[name];
    if (text === undefined) continue;
    if (isWritten(compare('addition', name, text, there.additions?.[name]))) additions[name] = text;
  }
  const sections = mergeSections();
  if (sections) additions.sections = sections;
  const shots = there.additions?.screenshots ?? [];
  const more = read.additions.screenshots.filter(
    (one) => !shots.some(({ file, stage }) => file === one.file && stage === one.stage),
  );
  if (more.length > 0) additions.screenshots = [...shots, ...more];
  return { parts, answers, additions };

  function compare(kind: Merged['kind'], name: string, text: string, before: string | undefined): Merged {
    const state = !before?.trim()
      ? 'new'
      : before.trim() === text.trim()
        ? 'same'
        : replace
          ? 'replaced'
          : 'kept';
    const part = { kind, name, state, text, ...(before?.trim() && { before }) } as const;
    parts.push(part);
    return part;
  }

  function mergeSections(): Additions['sections'] | undefined {
    const merged = [...(there.additions?.sections ?? [])];
    // Headings may be there twice; each of the write-up's has its own counterpart.
    const free = new Set(merged.keys());
    let changed = false;
    for (const section of read.additions.sections) {
      const same = [...free].filter((index) => merged[index]?.heading === section.heading);
      const at = same.find((index) => merged[index]?.text.trim() === section.text.trim()) ?? same[0];
      if (at !== undefined) free.delete(at);
      const before = at === undefined ? undefined : merged[at];
      if (!isWritten(compare('section', section.heading, section.text, before?.text))) continue;
      changed = true;
      if (at === undefined) merged.push(section);
      else merged[at] = section;
    }
    return changed ? merged : undefined;
  }
}

function isWritten({ state }: Merged): boolean {
  return state === 'new' || state === 'replaced';
}
