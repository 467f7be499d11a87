/** The formats of `labwright export` by name, apart from what writes them, which is loaded only when asked for. */

export const exportFormats = [
  'html',
  'csv',
  'json',
  'canvas',
  'moodle',
  'junit',
  'github-summary',
  'gradescope',
  'classroom50',
  'github-classroom',
  'check50',
] as const;
export type ExportFormat = (typeof exportFormats)[number];
