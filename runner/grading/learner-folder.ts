/** What grading keeps of one learner, so that whoever is killed at any moment leaves a learner graded or not, and never half. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/write-whole.ts';
import { recordingEnding, writeRecording } from '../recording/file.ts';
import type { Recording } from '../recording/recording.ts';
import { type Attempt, attemptSchema } from '../state/attempt.ts';
import type { Keeping } from '../state/state-folder.ts';
import { type LearnerResult, learnerResultSchema } from './learner-result.ts';

/**
 * `learner.json` is written last, and what a grading writes bears its id: a learner who was graded in part when the program was
 * killed is graded again over the same files.
 */
export class LearnerFolder {
  readonly path: string;

  /** @param out the folder of the class */
  constructor(out: string, id: string) {
    this.path = join(out, 'learners', folderName(id));
  }

  /** What the learner's last grading came to; undefined when there was none, or its file is no such thing. */
  async result(): Promise<LearnerResult | undefined> {
    try {
      return learnerResultSchema.parse(JSON.parse(await readFile(join(this.path, 'learner.json'), 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** What each grading found, oldest first; what cannot be read is passed over. */
  async attempts(): Promise<Attempt[]> {
    return (await this.#readAttempts()).attempts;
  }

  /** Attempts of earlier gradings, and where this one's goes. @param grading id */
  keeping(grading: string): Keeping {
    const attempts = join(this.path, 'attempts');
    return {
      attempts: () => this.#readAttempts(grading),
      addAttempt: (attempt) => writeWhole(join(attempts, `${grading}.json`), JSON.stringify(attempt)),
      addRecording: async (recording: Recording) => {
        await writeRecording(join(this.path, 'recordings', `${grading}${recordingEnding}`), recording);
      },
      answers: async () => ({}),
      additions: async () => undefined,
    };
  }

  async #readAttempts(except?: string): Promise<{ attempts: Attempt[]; unreadable: number }> {
    const folder = join(this.path, 'attempts');
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
    const read = await Promise.all(
      names.filter((name) => name !== `${except}.json`).map((name) => readAttempt(join(folder, name))),
    );
    const attempts = read.filter((one) => one !== undefined);
    return { attempts, unreadable: read.length - attempts.length };
  }

  /** SHA-256 of the file of a grading's recording; undefined where there is none. */
  async recordingDigest(grading: string): Promise<string | undefined> {
    try {
      const bytes = await readFile(join(this.path, 'recordings', `${grading}${recordingEnding}`));
      return createHash('sha256').update(bytes).digest('hex');
    } catch {
      return undefined;
    }
  }

  /** Takes back what a run of this grading has kept that is no attempt. */
  async forget(grading: string): Promise<void> {
    await rm(join(this.path, 'attempts', `${grading}.json`), { force: true });
    await rm(join(this.path, 'recordings', `${grading}${recordingEnding}`), { force: true });
  }

  /** Writes documents, and then the result that makes the learner count as graded. @throws the writing error */
  async settle(result: LearnerResult, documents: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(documents)) await writeWhole(join(this.path, name), text);
    await writeWhole(join(this.path, 'learner.json'), `${JSON.stringify(result, null, 2)}\n`);
  }
}

/** An id as the name of a folder on any file system: `ada@example.org`, `%2E%2E`. */
function folderName(id: string): string {
  const name = encodeURIComponent(id)
    .replace(/^\./, '%2E')
    .replace(/[*'()!~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%40', '@');
  if (name.length <= 120) return name;
  return `${name.slice(0, 80)}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

async function readAttempt(file: string): Promise<Attempt | undefined> {
  try {
    return attemptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
