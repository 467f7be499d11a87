import type { ClassResult } from '../../../runner/class-result.ts';

/** The class result itself, for programs: `labwright/class/v1`. */
export function gradebookJson(result: ClassResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
