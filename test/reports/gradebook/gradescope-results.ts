/** What Gradescope takes as `results.json` (autograder_samples, docs/specs.md), as far as Labwright writes it. */
import { z } from 'zod';

const visibility = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);
const format = z.enum(['text', 'html', 'simple_format', 'md', 'ansi']);

export const gradescopeResultsSchema = z.strictObject({
  score: z.number(),
  execution_time: z.number().optional(),
  output: z.string(),
  output_format: format,
  visibility,
  stdout_visibility: visibility,
  extra_data: z.looseObject({}),
  tests: z.array(
    z.strictObject({
      name: z.string().min(1),
      name_format: format,
      number: z.string(),
      score: z.number().optional(),
      max_score: z.number().optional(),
      status: z.enum(['passed', 'failed']).optional(),
      output: z.string(),
      output_format: format,
      visibility,
      extra_data: z.looseObject({}),
    }),
  ),
});
export type GradescopeResults = z.infer<typeof gradescopeResultsSchema>;
