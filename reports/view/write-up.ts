/** Everything that the write-up's templates show. */
import type { Result } from '../../runner/result.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { type TimeView, timeView } from '../time.ts';
import type { AccessFigureView } from './access-figure.ts';
import { type AccountKindView, accountKindView } from './account-kind.ts';
import { type ArchitectureView, architectureView } from './architecture.ts';
import { figuresOf } from './figures.ts';
import { type ScoreboardView, scoreboardView } from './scoreboard.ts';
import { anchorsOf, headingsOf, type SectionView, sectionViews } from './section.ts';
import { type VerificationView, verificationView } from './verification.ts';

export interface WriteUpView {
  readonly title: string;
  readonly project: string | undefined;
  readonly author: string | undefined;
  /** The learner's address; undefined when it is none, or hidden. */
  readonly email: string | undefined;
  /** What stands above the first section, Markdown by the learner. */
  readonly opening: string | undefined;
  readonly finished: TimeView;
  readonly kind: AccountKindView;
  readonly scoreboard: ScoreboardView;
  readonly access: AccessFigureView | undefined;
  readonly architecture: ArchitectureView | undefined;
  /** Heights (1 to 16) of the strip drawn from the lab file's digest; undefined when the digest is none. */
  readonly fingerprint:
    | readonly { readonly x: number; readonly y: number; readonly height: number }[]
    | undefined;
  readonly sections: readonly SectionView[];
  readonly verification: VerificationView;
}

/** What the view is made of besides the result. */
export interface WriteUpSources {
  readonly hasPicture: (path: string) => boolean;
  readonly isPublic: boolean;
}

/** Turns a result, its text already cleaned, into what the templates need. */
export function writeUpView(result: Result, { hasPicture, isPublic }: WriteUpSources): WriteUpView {
  const { lab } = result;
  const figures = figuresOf(result);
  return {
    title: lab.title,
    project: lab.project !== undefined && isSafeLink(lab.project) ? lab.project : undefined,
    author: result.author?.trim() || undefined,
    email: result.additions?.email?.trim() || undefined,
    opening: result.additions?.opening?.trim() ? result.additions.opening : undefined,
    finished: timeView(result.finishedAt),
    kind: accountKindView(result.account.kind),
    scoreboard: scoreboardView(result, anchorsOf(headingsOf(result))),
    access: figures.access,
    architecture: architectureView(result),
    fingerprint: fingerprintOf(lab.digest),
    sections: sectionViews(result, { figuresOf: (stageIds) => figures.ofStages(stageIds), hasPicture }),
    verification: verificationView(result, isPublic),
  };
}

/** One bar per hexadecimal digit, around a middle line: two write-ups of the same lab file carry the same strip. */
function fingerprintOf(digest: string): WriteUpView['fingerprint'] {
  if (!/^[0-9a-f]{64}$/i.test(digest)) return undefined;
  return [...digest].map((digit, index) => {
    const height = Number.parseInt(digit, 16) + 1;
    return { x: index * 6, y: (16 - height) / 2, height };
  });
}
