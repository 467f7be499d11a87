/** Everything that the write-up's templates show. */
import type { Result } from '../../runner/result.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { type TimeView, timeView } from '../time.ts';
import type { AccessFigureView } from './access-figure.ts';
import { type AccountKindView, accountKindView } from './account-kind.ts';
import { figuresOf } from './figures.ts';
import { type ScoreboardView, scoreboardView } from './scoreboard.ts';
import { anchorsOf, headingsOf, type SectionView, sectionViews } from './section.ts';
import { type VerificationView, verificationView } from './verification.ts';

export interface WriteUpView {
  readonly title: string;
  readonly project: string | undefined;
  readonly author: string | undefined;
  readonly finished: TimeView;
  readonly kind: AccountKindView;
  readonly scoreboard: ScoreboardView;
  readonly access: AccessFigureView | undefined;
  /** Heights (1 to 16) of the strip drawn from the lab file's digest; undefined when the digest is none. */
  readonly fingerprint:
    | readonly { readonly x: number; readonly y: number; readonly height: number }[]
    | undefined;
  readonly sections: readonly SectionView[];
  readonly verification: VerificationView;
}

/** Turns a result, its text already cleaned, into what the templates need. */
export function writeUpView(result: Result): WriteUpView {
  const { lab } = result;
  const figures = figuresOf(result);
  return {
    title: lab.title,
    project: lab.project !== undefined && isSafeLink(lab.project) ? lab.project : undefined,
    author: result.author?.trim() || undefined,
    finished: timeView(result.finishedAt),
    kind: accountKindView(result.account.kind),
    scoreboard: scoreboardView(result, anchorsOf(headingsOf(result))),
    access: figures.access,
    fingerprint: fingerprintOf(lab.digest),
    sections: sectionViews(result, (stageIds) => figures.ofStages(stageIds)),
    verification: verificationView(result),
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
