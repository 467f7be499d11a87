import { acrossCopies } from './across-copies.ts';

/** What was seen allows neither a pass nor a fail. The verdict is `error`, which costs nothing. */
export class NotJudged extends Error {
  /** What to do so that it can be judged, Markdown. */
  readonly advice: string | undefined;
  /** What stood in the way, where the advice is to come from that. */
  readonly causes: readonly Error[];

  static {
    acrossCopies(NotJudged, 'NotJudged');
  }

  constructor(why: string, advice?: string, causes: readonly Error[] = []) {
    super(why);
    this.name = 'NotJudged';
    this.advice = advice;
    this.causes = causes;
  }
}

/**
 * What was seen is at odds with what the policies say: AWS is settling, or something else is in the way. Reasoning
 * about the policies does not outweigh it.
 */
export class AtOdds extends NotJudged {
  constructor(why: string, advice?: string) {
    super(why, advice);
    this.name = 'AtOdds';
  }
}
