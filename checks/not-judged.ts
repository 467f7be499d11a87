/** What was seen allows neither a pass nor a fail. The verdict is `error`, which costs nothing. */
export class NotJudged extends Error {
  /** What to do so that it can be judged, Markdown. */
  readonly advice: string | undefined;

  constructor(why: string, advice?: string) {
    super(why);
    this.name = 'NotJudged';
    this.advice = advice;
  }
}
