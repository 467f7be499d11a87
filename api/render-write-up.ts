import type { WriteUp, WriteUpOptions } from '../reports/write-up.ts';
import type { Result } from '../runner/result.ts';

/**
 * Renders a result as a write-up: Markdown with files beside it, and one HTML page. What the learner or AWS wrote is taken as text.
 *
 * @throws TemplateError for templates of your own that are damaged
 */
export async function renderWriteUp(result: Result, options: WriteUpOptions = {}): Promise<WriteUp> {
  return (await import('../reports/write-up.ts')).renderWriteUp(result, options);
}
