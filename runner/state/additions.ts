/** What a learner adds to the write-up beyond answers to the lab's questions: `.labwright/<lab>/write-up.yaml`. */
import { z } from 'zod';

const text = z.string().trim().min(1, 'must not be empty');

/** Everything in it is the learner's own (untrusted). Pictures are files below the folder that holds the file. */
export const additionsSchema = z.strictObject({
  author: text.optional().describe('Your name.'),
  email: text.optional().describe('How readers reach you.'),
  opening: text.optional().describe('What stands above the first heading, Markdown.'),
  sections: z
    .array(
      z.strictObject({
        heading: text,
        after: text.optional().describe('The heading that it follows; at the end when absent.'),
        text: text.describe('Markdown.'),
      }),
    )
    .default([])
    .describe('Sections of your own.'),
  screenshots: z
    .array(
      z.strictObject({
        stage: text.describe('Id of the stage that it shows.'),
        file: text.describe('The picture, relative to this file.'),
        shows: text.describe('What there is to see, for those who cannot see it.'),
      }),
    )
    .default([])
    .describe('Pictures of your own, shown with the stage.'),
});
export type Additions = z.output<typeof additionsSchema>;
