/** What the server tells an open page, as server-sent events that carry JSON; the page's script reads these types too. */

/** A call that a sandbox answered. */
export interface CallEvent {
  readonly time: string;
  readonly who: string;
  readonly call: string;
  readonly outcome: string;
  readonly succeeded: boolean;
}

/** By name. */
export interface ServerEvents {
  /** What everything says, at the begin of a stream. */
  snapshot: {
    readonly fragments: Readonly<Record<string, string>>;
    readonly answers: Readonly<Record<string, string>>;
    readonly names: Readonly<Record<string, string>>;
    readonly calls: readonly CallEvent[];
    readonly running: boolean;
  };
  /** HTML that replaces a part of the page. */
  fragment: { readonly name: string; readonly html: string };
  /** Whether a check is under way. */
  running: { readonly running: boolean };
  /** Words for those who listen instead of looking. */
  say: { readonly words: string };
  /** An answer was saved. */
  answer: { readonly id: string; readonly text: string };
  names: { readonly names: Readonly<Record<string, string>> };
  /** A call that the sandbox answered. */
  call: CallEvent;
  /** The write-up says something else than before. */
  'write-up': Record<string, never>;
  /** The lab's file has changed: the page has to be loaded again. */
  reload: Record<string, never>;
}
