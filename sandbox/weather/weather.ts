/** How the sandbox misbehaves on purpose, as AWS and networks do. Everything is off unless it is asked for. */

export interface Weather {
  /** Milliseconds to wait before each answer. */
  readonly latencyMs: number;
  /** Share of the calls that are throttled at random, from 0 to 1. */
  readonly throttled: number;
  /** Share of the calls that fail on the server's side (HTTP 500 or 503). */
  readonly failing: number;
  /** Share of the calls whose connection breaks before an answer. */
  readonly reset: number;
  /** Share of the answers whose bodies come in two halves, a quarter of a second apart. */
  readonly slow: number;
  /** Whether calls beyond AWS's request rates are throttled. */
  readonly requestRates: boolean;
  /** Where chance begins: equal seeds and equal calls in equal order meet equal weather. */
  readonly seed: number;
}

export const calm: Weather = {
  latencyMs: 0,
  throttled: 0,
  failing: 0,
  reset: 0,
  slow: 0,
  requestRates: false,
  seed: 1,
};
