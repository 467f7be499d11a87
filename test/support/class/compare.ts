/** Holds a grading against what the generator knows. */
import { isDeepStrictEqual } from 'node:util';
import { readLearnerResults } from '../../../runner/grading/grade-class.ts';
import type { GeneratedLearner } from './generate.ts';
import { asKnown } from './known.ts';

/** AWS names the request in its messages, which is another one with every call. */
const requestId = /(?<=Request ID: |\(request )[0-9a-f-]{36}/g;

export interface Comparison {
  /** How many learners came to which status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** A sentence for each learner who was graded otherwise than known. */
  readonly wrong: readonly string[];
  /** What a gradebook is made of, in the order of the class. */
  readonly book: readonly object[];
}

export async function compareWithKnown(
  out: string,
  learners: readonly GeneratedLearner[],
): Promise<Comparison> {
  const statuses: Record<string, number> = {};
  const wrong: string[] = [];
  const book: object[] = [];
  const known = new Map(learners.map((one) => [one.id, one]));
  for await (const { id, result } of readLearnerResults(out, known.keys())) {
    const learner = known.get(id);
    const seen = result && asKnown(result);
    statuses[seen?.status ?? 'missing'] = (statuses[seen?.status ?? 'missing'] ?? 0) + 1;
    const { attempts, score, problem } = result ?? {};
    book.push({ id, ...seen, score, attempts, problem: problem?.message.replace(requestId, 'REQUEST') });
    if (!isDeepStrictEqual(seen, learner?.known)) {
      const [is, not] = [JSON.stringify(seen), JSON.stringify(learner?.known)];
      wrong.push(`${id} (${learner?.name}) is ${is} and not ${not}. ${problem?.message ?? ''}`);
    }
  }
  return { statuses, wrong, book };
}
