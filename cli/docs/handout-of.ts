import type { Guide } from '../../reports/guide-content.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { guideOf } from '../labs/guide-of.ts';

/** The guide for everybody: at no stage, with the lab's own names. It knows of no proof. */
export function handoutOf(lab: Lab): Guide {
  const { stage: _, ...guide } = guideOf({ lab, settings: {}, attempts: [], answers: {} });
  return guide;
}
