/** One thing that was verified, and what became of it. */
export interface IntegrityItem {
  readonly id:
    | 'signature'
    | 'key'
    | 'contents'
    | 'chain'
    | 'lab'
    | 'score'
    | 'account'
    | 'self-attested'
    | 'CloudTrail';
  /** `wrong`: it is not what was signed. `unknown`: nobody here can tell. */
  readonly state: 'good' | 'wrong' | 'unknown';
  /** One sentence. */
  readonly message: string;
  /** What to do about it, Markdown. */
  readonly advice?: string;
}
