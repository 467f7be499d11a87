/** What to do in a lab and how far the learner is: the shape of `labwright guide --json`. */
import type { Verdict } from '../runner/result.ts';

/** Public and versioned. Texts are Markdown where it says so, with the learner's names filled in. */
export interface Guide {
  readonly schema: 'labwright/guide/v1';
  readonly lab: {
    readonly id: string;
    readonly title: string;
    /** Markdown. */
    readonly about: string;
    /** The public project that the lab follows. */
    readonly project?: string;
    /** What the lab costs on AWS and until when, Markdown. */
    readonly costs?: string;
  };
  /** What the learner calls things. `chosen` is set where that is not the lab's own suggestion. */
  readonly names: readonly {
    readonly name: string;
    readonly value: string;
    readonly about?: string;
    readonly chosen: boolean;
  }[];
  /** Id of the stage that was asked for, or else of the first that has not passed; absent when all have. */
  readonly stage?: string;
  /** Id of the stage that takes away again what all others make. */
  readonly cleanUp?: string;
  /** When the account was last checked, ISO 8601. Everything below is as it was then. */
  readonly checkedAt?: string;
  readonly score: { readonly points: number; readonly max: number };
  /** Questions about the whole lab. */
  readonly questions: readonly GuideQuestion[];
  readonly stages: readonly GuideStage[];
}

export interface GuideStage {
  readonly id: string;
  readonly title: string;
  /** Why, console steps and commands, Markdown. */
  readonly guide: string;
  /** Absent when it was never checked. */
  readonly verdict?: Verdict;
  readonly points: number;
  readonly max: number;
  readonly checks: readonly GuideCheck[];
  readonly questions: readonly GuideQuestion[];
}

export interface GuideCheck {
  /** The check's id: `kms/key-exists`. */
  readonly check: string;
  /** What holds when it passes. */
  readonly title: string;
  /** Absent when it was never made. */
  readonly verdict?: Verdict;
  readonly points: number;
  readonly max: number;
}

export interface GuideQuestion {
  /** Names the answer in answers.yaml. */
  readonly id: string;
  readonly prompt: string;
  readonly answered: boolean;
}
