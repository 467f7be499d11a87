import type { Stood } from '../recording/recording.ts';

/** What a check said and counted, on one side of a comparison. */
export type Said = Pick<Stood, 'verdict' | 'basis' | 'message' | 'points' | 'max'>;

/** A check that is judged, worded or counted otherwise than before. */
export interface CheckChange extends Pick<Stood, 'stage' | 'check' | 'as' | 'title'> {
  /** Absent for a check that is new. */
  readonly before?: Said;
  /** Absent for a check that the lab does not have any more. */
  readonly after?: Said;
}

/** In the order of the lab of today; what it has not any more comes last. */
export function changesBetween(before: readonly Stood[], after: readonly Stood[]): CheckChange[] {
  const earlier = byPlace(before);
  const today = byPlace(after);
  const changed = [...today].flatMap(([place, now]): CheckChange[] => {
    const then = earlier.get(place);
    if (then && same(said(then), said(now))) return [];
    return [{ ...what(now), ...(then && { before: said(then) }), after: said(now) }];
  });
  const gone = [...earlier].flatMap(([place, then]): CheckChange[] =>
    today.has(place) ? [] : [{ ...what(then), before: said(then) }],
  );
  return [...changed, ...gone];
}

/** By stage, check and name; the same check several times in a stage is counted through. */
export function byPlace<One extends Pick<Stood, 'stage' | 'check' | 'as'>>(
  stood: readonly One[],
): Map<string, One> {
  const places = new Map<string, One>();
  for (const one of stood) {
    for (let count = 0; ; count++) {
      const place = JSON.stringify([one.stage, one.check, one.as, count]);
      if (places.has(place)) continue;
      places.set(place, one);
      break;
    }
  }
  return places;
}

function what({ stage, check, as, title }: Stood): Pick<Stood, 'stage' | 'check' | 'as' | 'title'> {
  return { stage, check, ...(as !== undefined && { as }), title };
}

function said({ verdict, basis, message, points, max }: Stood): Said {
  return { verdict, basis, message, points, max };
}

function same(a: Said, b: Said): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
