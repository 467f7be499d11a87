import type { Explanation } from '../../policy/explanation/explanation.ts';
import { NotJudged } from '../not-judged.ts';

/** Access that hangs on what no reader of policies knows. @param question as a clause: `Whether ana may use the key` */
export function undecidedAccess(question: string, { because }: Explanation, advice?: string): NotJudged {
  return new NotJudged([`${question} cannot be told from the policies.`, ...because].join(' '), advice);
}
