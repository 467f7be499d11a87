/** The forms in which the sandbox logs its calls. */
export const callLogs = ['text', 'json', 'none'] as const;
export type CallLog = (typeof callLogs)[number];
