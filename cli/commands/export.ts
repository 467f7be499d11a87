import { readFile, writeFile } from 'node:fs/promises';
import type { ExportFormat } from '../export/format-names.ts';
import { exportAs } from '../export/formats.ts';
import { readClass } from '../inputs/read-class.ts';
import { createOutput } from '../output.ts';
import { UserError } from '../user-error.ts';

export interface ExportFlags {
  readonly as: ExportFormat;
  readonly learner?: string;
  readonly assignment?: string;
  readonly out?: string;
  readonly color: boolean;
}

/** `labwright export`: a result in the format of somebody else's program. No AWS call is made. */
export async function exportResult(file: string, flags: ExportFlags): Promise<void> {
  const { print } = createOutput(!flags.color);
  const result = readClass(file, await readFile(file, 'utf8'));
  const text = await exportAs(flags.as, result, {
    env: process.env,
    ...(flags.learner !== undefined && { learner: flags.learner }),
    ...(flags.assignment !== undefined && { assignment: flags.assignment }),
  });
  if (flags.out === undefined) {
    print(text);
    return;
  }
  try {
    await writeFile(flags.out, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `It could not be written to ${flags.out}: ${why}. Choose another file with \`--out\`.`,
    );
  }
}
