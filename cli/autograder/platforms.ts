/** The platforms that autograders are made for. */
export const platforms = ['gradescope', 'classroom50'] as const;
export type Platform = (typeof platforms)[number];
