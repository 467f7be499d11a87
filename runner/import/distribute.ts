/** Gives the text of one section to the section's questions. */

import type { PlacedQuestion } from '../lab/questions.ts';
import { localPictures } from '../pictures/local-pictures.ts';
import type { Additions } from '../state/additions.ts';
import { assign } from './assign.ts';
import { belonging, candidatesOf } from './belonging.ts';
import type { Block } from './blocks.ts';

/** Longer sections are given to their questions by paragraphs. */
const mostPieces = 2000;

export interface Distributed {
  /** Question ids with Markdown, in the order of the text. */
  readonly answers: readonly (readonly [id: string, text: string])[];
  readonly screenshots: Additions['screenshots'];
  /** Text that is like none of the questions. */
  readonly unplaced: string;
}

interface Piece {
  readonly text: string;
  readonly block: number;
  readonly isPicture: boolean;
}

/**
 * @param questions at least one
 * @param taken the addresses of pictures that can be shown as screenshots
 */
export function distribute(
  blocks: readonly Block[],
  questions: readonly PlacedQuestion[],
  taken: ReadonlySet<string>,
): Distributed {
  const written = blocks.filter(({ kind }) => kind !== 'rule');
  const cut = written.flatMap((block, index) => piecesOf(block, index, questions.length > 1));
  const pieces =
    cut.length > mostPieces ? written.flatMap((block, index) => piecesOf(block, index, false)) : cut;
  const candidates = candidatesOf(questions);
  const words = pieces.filter(({ isPicture }) => !isPicture);
  const scored = words.map(({ text, block }, at) => ({
    scores: questions.length === 1 ? [1] : belonging(text, candidates),
    continues: words[at - 1]?.block === block,
  }));
  const isPlaced = scored.some(({ scores }) => scores.some((score) => score > 0));
  const chosen = isPlaced ? assign(scored, questions.length) : [];

  const answers: [id: string, text: string][] = [];
  const screenshots: Additions['screenshots'] = [];
  const unplaced: string[] = [];
  let before: { piece: Piece; question: number } | undefined;
  let at = 0;
  for (const piece of pieces) {
    // A picture belongs to what stands above it.
    const question = piece.isPicture ? (before?.question ?? chosen[0] ?? 0) : (chosen[at++] ?? -1);
    const asked = questions[question];
    const [picture, ...others] = piece.isPicture ? localPictures(piece.text) : [];
    if (
      picture &&
      taken.has(picture.address) &&
      others.length === 0 &&
      asked?.stage &&
      isWholePicture(piece.text)
    ) {
      screenshots.push({
        stage: asked.stage,
        file: picture.address,
        shows: picture.description || nameOf(picture.address),
      });
      continue;
    }
    const last = answers.at(-1);
    if (!asked || !isPlaced) unplaced.push(piece.text.trim());
    else if (last && last[0] === asked.id) {
      const goesOn = before?.piece.block === piece.block && before.question === question;
      last[1] += goesOn ? piece.text : `\n\n${piece.text.trim()}`;
    } else answers.push([asked.id, piece.text.trimStart()]);
    before = { piece, question };
  }
  return {
    answers: answers.map(([id, text]) => [id, text.trimEnd()] as const),
    screenshots,
    unplaced: unplaced.join('\n\n'),
  };
}

/** A paragraph as its sentences, everything else whole; put together they are the source again. */
function piecesOf({ kind, source }: Block, block: number, isCut: boolean): Piece[] {
  if (kind !== 'paragraph' || !isCut || /[`<]/.test(source))
    return [{ text: source, block, isPicture: kind === 'picture' }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index } of source.matchAll(/(?<=[.!?]["”’)*_]{0,3})\s+(?=["“(*_[]{0,3}[\p{Lu}\p{Lo}\d])/gu)) {
    pieces.push({ text: source.slice(from, index), block, isPicture: false });
    from = index;
  }
  pieces.push({ text: source.slice(from), block, isPicture: false });
  return pieces;
}

/** Whether there is one picture, and no link around it or reference that it hangs on. */
function isWholePicture(text: string): boolean {
  return /^!\[[^\]]*\]\([^()\n]*\)$/.test(text.trim());
}

function nameOf(address: string): string {
  return address.split('/').at(-1) ?? address;
}
