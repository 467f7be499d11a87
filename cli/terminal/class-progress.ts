/** How a grading goes on: one line that is drawn again on a terminal, a line for each learner elsewhere. */
import type { GradingProgress } from '../../runner/grading/grading-progress.ts';
import type { Output } from '../output.ts';
import type { RedrawnLines } from './redrawn-lines.ts';
import { plain, type Style } from './style.ts';

export interface ClassProgress {
  readonly settle: (progress: GradingProgress) => void;
  /** Takes away what is drawn. */
  readonly done: () => void;
}

export async function classProgress({ live, note, style }: Output): Promise<ClassProgress> {
  if (!live) return { settle: (one) => note(`${settledText(one, style)}\n`), done() {} };
  // What moves is loaded only where there is a terminal for it.
  const { RedrawnLines } = await import('./redrawn-lines.ts');
  const lines: RedrawnLines = new RedrawnLines(live);
  const recent: string[] = [];
  return {
    settle(one) {
      recent.push(`  ${settledText(one, style)}`);
      if (recent.length > 5) recent.shift();
      lines.draw([...recent, barText(one, style)]);
    },
    done: () => lines.clear(),
  };
}

const verdicts = { graded: 'pass', partly: 'error', 'not judged': 'error' } as const;

/** `12/300 ada 40/100 graded` */
function settledText({ learner, status, score, done, total }: GradingProgress, style: Style): string {
  const points = score ? ` ${score.points}/${score.max}` : '';
  return `${done}/${total} ${plain(learner)}${points} ${style.paint(verdicts[status], status)}`;
}

const cells = 24;

/** `████░░░░ 12/300, 84 a minute, 3 min 25 s left` */
function barText({ done, total, perMinute, leftMs }: GradingProgress, style: Style): string {
  const full = total === 0 ? cells : Math.floor((done / total) * cells);
  const rate = perMinute === undefined ? '' : `, ${Math.round(perMinute)} a minute`;
  const left = leftMs === undefined || done === total ? '' : `, ${timeText(leftMs)} left`;
  return `  ${style.paint('pass', '█'.repeat(full))}${style.dim('░'.repeat(cells - full))} ${done}/${total}${rate}${left}`;
}

/** `45 s`, `3 min 25 s`, `2 h 10 min` */
function timeText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
