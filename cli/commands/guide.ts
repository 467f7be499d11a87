import { writeFile } from 'node:fs/promises';
import { findLab } from '../labs/find-lab.ts';
import { guideOf } from '../labs/guide-of.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { stateOf } from '../state.ts';
import { guideText } from '../terminal/guide-text.ts';
import { UserError } from '../user-error.ts';

export interface GuideFlags extends ChecksFlags {
  readonly set: Record<string, string>;
  readonly all?: boolean;
  readonly html?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright guide`: what to do next, or in the whole lab. */
export async function guide(labName: string, stage: string | undefined, flags: GuideFlags): Promise<void> {
  const { print, note, style, width } = createOutput(!flags.color);
  if (stage !== undefined && (flags.all || flags.html !== undefined)) {
    throw new UserError(
      '`--all` and `--html` show the whole lab. Name no stage with them, or leave them out.',
    );
  }
  const { lab } = await findLab(labName, flags);
  const state = stateOf(lab.id);
  const { attempts, unreadable } = await state.attempts();
  const answers = await state.answers();
  const made = guideOf({
    lab,
    settings: flags.set,
    ...(stage !== undefined && { stage }),
    attempts,
    answers,
  });
  if (unreadable > 0) {
    note(`${unreadable} earlier attempts in ${state.path} could not be read and were left alone.\n`);
  }
  if (flags.html !== undefined) {
    const { renderGuide } = await import('../../reports/guide.ts');
    await write(flags.html, await renderGuide(made));
    print(`${flags.html}\n`);
  } else if (flags.json) {
    print(`${JSON.stringify(made, null, 2)}\n`);
  } else {
    print(guideText({ guide: made, style, width, labName, all: flags.all ?? false }));
  }
}

async function write(file: string, html: string): Promise<void> {
  try {
    await writeFile(file, html);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The guide could not be written to ${file}: ${why}. Choose another file with \`--html\`.`,
    );
  }
}
