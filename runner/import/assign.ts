/** Which question each piece of a section answers: learners write in the order in which they are asked, more or less. */

/** Costs of going on with another question, against the 1 that a piece is worth which clearly belongs to one. */
const costs = {
  /** Between two paragraphs, forward. */
  next: 0.12,
  /** For each question that is passed over. */
  skipped: 0.35,
  /** Back to an earlier question. */
  back: 0.5,
  /** Within a paragraph, in addition. */
  withinParagraph: 0.58,
};

/** What a paragraph is about is said by its first sentence. */
const weights = { first: 1.25, continuing: 0.75 };

export interface Piece {
  /** For each question, from 0. */
  readonly scores: readonly number[];
  /** Whether it goes on in the paragraph of the piece before. */
  readonly continues: boolean;
}

/** @returns for each piece the index of its question: the assignment of all with the least doubt */
export function assign(pieces: readonly Piece[], questions: number): number[] {
  let best: number[] = Array.from({ length: questions }, (_, to) => -to * costs.skipped);
  const cameFrom: number[][] = [];
  pieces.forEach(({ scores, continues }, at) => {
    // Squared, so that the likest stands out among those that are somewhat alike.
    const total = scores.reduce((sum, score) => sum + score ** 2, 0);
    // A single weak word in common is worth less than a clear likeness.
    const weight = continues ? weights.continuing : pieces[at + 1]?.continues ? weights.first : 1;
    const worth = Math.min(1, Math.max(...scores) / 2) * weight;
    const from: number[] = [];
    best = best.map((_, to) => {
      let chosen = to;
      let value = best[to] ?? 0;
      for (let before = 0; at > 0 && before < questions; before++) {
        const moved = (best[before] ?? 0) - costOfMove(before, to, continues);
        if (moved > value) [chosen, value] = [before, moved];
      }
      from[to] = chosen;
      return value + (total > 0 ? (worth * (scores[to] ?? 0) ** 2) / total : 0);
    });
    cameFrom.push(from);
  });
  let question = best.indexOf(Math.max(...best));
  const chosen: number[] = [];
  for (let at = pieces.length - 1; at >= 0; at--) {
    chosen[at] = question;
    question = cameFrom[at]?.[question] ?? question;
  }
  return chosen;
}

function costOfMove(from: number, to: number, continues: boolean): number {
  if (from === to) return 0;
  const direction = to > from ? costs.next + (to - from - 1) * costs.skipped : costs.back;
  return direction + (continues ? costs.withinParagraph : 0);
}
