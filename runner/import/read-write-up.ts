/** Reads a write-up in Markdown into answers to a lab's questions and what else stands in it. Nothing is left out. */

import type { Lab } from '../lab/lab.ts';
import { withAddresses } from '../pictures/local-pictures.ts';
import type { Additions } from '../state/additions.ts';
import { type Block, readBlocks } from './blocks.ts';
import { distribute } from './distribute.ts';
import { pictureTagsAsMarkdown } from './html-pictures.ts';
import { likeness, titleOf } from './likeness.ts';
import { normalise, splitFrontMatter } from './normalise.ts';
import { createPlaces, type Place } from './places.ts';
import { readPreamble } from './preamble.ts';

/** Where a part of the write-up went. */
export interface Route {
  /** The heading as the learner wrote it; absent for what stands above the first one. */
  readonly heading?: string;
  /** The lab's section that it was taken for; absent when it is none of the lab's. */
  readonly section?: string;
  /** Ids of the questions that its text answers, in order. */
  readonly questions: readonly string[];
  /** What became of text that answers none of them. */
  readonly kept?: 'opening' | 'section' | 'screenshot';
}

export interface ReadWriteUp {
  /** Markdown by question id, in the lab's order. */
  readonly answers: Readonly<Record<string, string>>;
  readonly additions: Additions;
  readonly routes: readonly Route[];
  /** Words that are not kept, because every report shows them again: its title, headings and labels. */
  readonly shownAgain: readonly string[];
}

interface Part {
  readonly heading?: Block;
  readonly place?: Place;
  readonly blocks: Block[];
}

/** The Markdown of a write-up in which pictures are looked for. */
export function markdownOf(text: string): string {
  return blocksOf(splitFrontMatter(normalise(text)).body)
    .map(({ source }) => source)
    .join('\n\n');
}

/**
 * Pure. Takes any text; what is like nothing in the lab becomes the opening or a section of the learner's own.
 *
 * @param pictures the new addresses of pictures that are taken along, by the old ones
 */
export function readWriteUp(
  lab: Lab,
  markdown: string,
  pictures: ReadonlyMap<string, string> = new Map(),
): ReadWriteUp {
  const front = splitFrontMatter(normalise(markdown));
  const place = createPlaces(lab);
  const blocks = blocksOf(withAddresses(front.body, pictures), pictures);
  const taken = new Set(pictures.values());
  const { title, parts } = partsOf(blocks, lab, place);
  const [above, ...rest] = parts;
  const preamble = readPreamble(above?.blocks ?? []);
  const author = front.author ?? preamble.author;
  const email = front.email ?? preamble.email;
  const opening = [
    ...(front.rest === '' ? [] : [fenced(front.rest)]),
    // Of two names the second is no label's any more.
    ...(front.author && preamble.author ? [preamble.author] : []),
    ...(front.email && preamble.email ? [preamble.email] : []),
    ...(preamble.opening === '' ? [] : [preamble.opening]),
  ];
  const shownAgain = [...(title ? [title] : []), ...preamble.labels];
  if (front.author) shownAgain.push('author');

  const texts = new Map<string, string[]>();
  const sections: Additions['sections'] = [];
  const screenshots: Additions['screenshots'] = [];
  const routes: Route[] = [];
  // The lab's section and the section of the learner's own that were last begun.
  let section: string | undefined;
  let own: { text: string; level: number } | undefined;
  for (const part of rest) {
    const words = part.heading?.title ?? '';
    const level = part.heading?.level ?? 6;
    const text = part.blocks.filter(({ kind }) => kind !== 'rule').map(({ source }) => source);
    if (part.place && part.place.questions.length > 0) {
      own = undefined;
      section = part.place.section;
      const found = distribute(part.blocks, part.place.questions, taken);
      for (const [id, answer] of found.answers) texts.set(id, [...(texts.get(id) ?? []), answer]);
      screenshots.push(...found.screenshots);
      if (found.unplaced === '') shownAgain.push(words);
      if (found.unplaced !== '')
        sections.push({ heading: words || section, after: section, text: found.unplaced });
      routes.push({
        heading: words,
        section,
        questions: [...new Set(found.answers.map(([id]) => id))],
        ...(found.unplaced !== ''
          ? { kept: 'section' as const }
          : found.screenshots.length > 0 && found.answers.length === 0
            ? { kept: 'screenshot' as const }
            : {}),
      });
      continue;
    }
    if (part.place) section = part.place.section;
    if (own && level > own.level) {
      own.text = [own.text, part.heading?.source ?? '', ...text].filter(Boolean).join('\n\n');
      routes.push({ heading: words, questions: [], kept: section === undefined ? 'opening' : 'section' });
    } else if (section === undefined) {
      opening.push([part.heading?.source ?? '', ...text].filter(Boolean).join('\n\n'));
      routes.push({ heading: words, questions: [], kept: 'opening' });
    } else {
      // A heading without a text is kept above a line.
      const added = { heading: words || '…', after: section, text: text.join('\n\n') || '---', level };
      own = added;
      sections.push(added);
      routes.push({ heading: words, questions: [], kept: 'section' });
    }
  }
  if (opening.length > 0 && opening.join('').trim() !== '')
    routes.unshift({ questions: [], kept: 'opening' });
  return {
    answers: Object.fromEntries([...texts].map(([id, all]) => [id, all.join('\n\n')])),
    additions: {
      ...(author !== undefined && { author }),
      ...(email !== undefined && { email }),
      ...(opening.length > 0 && { opening: opening.join('\n\n') }),
      sections: sections.map(({ heading, after, text }) => ({ heading, ...(after && { after }), text })),
      screenshots,
    },
    routes,
    shownAgain,
  };
}

function blocksOf(body: string, pictures: ReadonlyMap<string, string> = new Map()): Block[] {
  return readBlocks(body).map((block) =>
    block.kind === 'paragraph' ? { ...block, ...again(block, pictures) } : block,
  );
}

/** What was HTML may have become a picture only. */
function again(block: Block, pictures: ReadonlyMap<string, string>): Block {
  const source = withAddresses(pictureTagsAsMarkdown(block.source), pictures);
  if (source === block.source) return block;
  const [read, ...others] = readBlocks(source);
  return read && others.length === 0 ? read : { ...block, source };
}

/** The text above the first heading, then a part for each heading. The title is none. */
function partsOf(blocks: readonly Block[], lab: Lab, place: (heading: string) => Place | undefined) {
  const parts: Part[] = [{ blocks: [] }];
  const first = blocks.find(({ kind }) => kind === 'heading');
  let title: string | undefined;
  for (const block of blocks) {
    const words = block.title ?? '';
    const found = words === '' ? undefined : place(words);
    if (
      block === first &&
      !found?.question &&
      likeness(titleOf(words), titleOf(lab.title)) > 0.72 &&
      !isExact(words, found)
    ) {
      title = words;
      continue;
    }
    const begins = block.kind === 'heading' || (found !== undefined && block.title !== undefined);
    if (begins) parts.push({ heading: block, ...(found && { place: found }), blocks: [] });
    else parts.at(-1)?.blocks.push(block);
  }
  return { title, parts };
}

function isExact(words: string, place: Place | undefined): boolean {
  return place !== undefined && likeness(titleOf(words), titleOf(place.section)) === 1;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}yaml\n${text}\n${fence}`;
}
