/** For one try of one learner, in milliseconds. */
export const usualTimeLimitMs = 5 * 60_000;
/** Pauses before those are tried again whom passing trouble kept from being judged, in milliseconds. */
export const usualBackOffMs = [5_000, 30_000];
