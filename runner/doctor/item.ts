/** What is looked at before a lab begins, and how it stands. */

export type ItemState =
  /** As it should be. */
  | 'good'
  /** Works, but worth knowing. */
  | 'warning'
  /** Has to be mended before the lab can be checked. */
  | 'missing'
  /** Could not be found out. */
  | 'unknown';

export interface Item {
  /** `credentials`, `region`, `clock`, ...; several items may share one. */
  readonly id: string;
  readonly state: ItemState;
  /** What was seen, a sentence. Markdown. */
  readonly message: string;
  /** What to do, where there is something to do. Markdown. */
  readonly advice?: string;
}
