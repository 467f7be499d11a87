/** What the page of `labwright serve` shows. */
import type { AnswerFeedback, CheckResult, Result } from '../runner/result.ts';
import type { Guide } from './guide-content.ts';

/** What is known of the account that is checked. */
interface PageAccount {
  readonly kind: Result['account']['kind'];
  /** Absent until it has said who is asking. */
  readonly id?: string;
  readonly region?: string;
  /** What to paste into a terminal to work in the same account; only for a sandbox. */
  readonly terminals: readonly { readonly shell: string; readonly settings: string }[];
  /** Whether the account ends with the page's server. */
  readonly isOurs: boolean;
}

/** A check that is made for a stage, as far as it is. */
export interface PageCheck {
  readonly title: string;
  readonly max: number;
  readonly running: boolean;
  /** Absent when it was never judged, or is being judged. */
  readonly finding?: CheckResult;
}

export interface PageQuestion {
  readonly id: string;
  readonly prompt: string;
  /** Markdown by the learner (untrusted); empty when unanswered. */
  readonly answer: string;
  readonly feedback: AnswerFeedback;
}

/** The check that is under way. */
export interface PageRun {
  /** `waiting` for another check in the same folder to end. */
  readonly phase: 'waiting' | 'checking' | 'stopping';
  /** Titles of the stages that were asked for; empty when all were. */
  readonly stages: readonly string[];
  readonly settled: number;
  readonly total: number;
  /** The user of whom a temporary access key may be made, where that is asked. */
  readonly asksFor?: string;
}

/** Something that went wrong, for the learner. Both are Markdown of a few words. */
export interface PageTrouble {
  readonly message: string;
  readonly advice?: string;
}

export interface LabPage {
  readonly guide: Guide;
  readonly score: { readonly points: number; readonly max: number };
  readonly stages: readonly {
    readonly id: string;
    readonly title: string;
    /** Absent when it was never checked. */
    readonly verdict?: Result['stages'][number]['verdict'];
    readonly points: number;
    readonly max: number;
    readonly checks: readonly PageCheck[];
    readonly questions: readonly PageQuestion[];
  }[];
  /** About the whole lab. */
  readonly questions: readonly PageQuestion[];
  readonly account: PageAccount;
  readonly run?: PageRun;
  readonly troubles: readonly PageTrouble[];
  /** Whether the calls of the account can be shown. */
  readonly showsCalls: boolean;
}
