/** The ways to an answer, strongest first: a live call shows it, CloudTrail recorded it, the policies say it. */
import { CallError } from '../call.ts';
import type { CheckBasis, Passed } from '../check.ts';
import { Failed } from '../expect.ts';
import { AtOdds, NotJudged } from '../not-judged.ts';
import type { ProbeOutcome } from './experiment.ts';

const order: readonly CheckBasis[] = ['observed', 'history', 'reasoned'];

/**
 * Each way passes by returning, fails by throwing {@link Failed}, and throws NotJudged or CallError where it cannot tell. A way
 * that could never tell is left out.
 */
export type Ways<Outputs> = Readonly<
  Partial<Record<CheckBasis, () => Promise<Omit<Passed<Outputs>, 'basis'>>>>
>;

/**
 * Takes one way after the other, of those that the run may take, until one passes. What has failed on one way may
 * still be proven by another: who reads today may have been refused yesterday. Only if none proves it does the first
 * failure count.
 *
 * @param question what could not be told if no way tells, as a clause
 * @throws Failed; NotJudged or CallError when no way could tell
 */
export async function byWays<Outputs>(
  bases: ReadonlySet<CheckBasis>,
  ways: Ways<Outputs>,
  question: string,
): Promise<Passed<Outputs>> {
  let failed: Failed | undefined;
  const untold: (NotJudged | CallError)[] = [];
  for (const basis of order) {
    const way = bases.has(basis) ? ways[basis] : undefined;
    if (!way) continue;
    if (basis === 'reasoned' && untold.some((one) => one instanceof AtOdds)) break;
    try {
      return { ...(await way()), basis };
    } catch (error) {
      if (error instanceof Failed) failed ??= error;
      else if (error instanceof NotJudged || error instanceof CallError) untold.push(error);
      else throw error;
    }
  }
  throw failed ?? inOne(untold, question);
}

function inOne(untold: readonly (NotJudged | CallError)[], question: string): Error {
  const [only, ...others] = untold;
  if (!only) {
    return new NotJudged(
      `${question} is not judged by the way that was chosen: the lab does not accept it.`,
      'Choose another: `--probe key`, `--probe profile:NAME` or `--probe history`.',
    );
  }
  if (others.length === 0) return only;
  const sentences = untold.map((one) => (one instanceof CallError ? ended(one.sentence) : one.message));
  return new NotJudged([`${question} cannot be told.`, ...sentences].join(' '), undefined, untold);
}

/** Of a trial that neither let the principal in nor refused it as expected. @param what it leaves open, as a sentence */
export function unclear(
  { outcome, why }: Extract<ProbeOutcome<unknown>, { why: string }>,
  what: string,
): NotJudged {
  const sentence = ended(`${what}: ${why}`);
  return outcome === 'inconclusive' ? new NotJudged(sentence) : new AtOdds(sentence);
}

/** With its full stop; AWS's own messages have one or not. */
function ended(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
