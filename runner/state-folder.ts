/** A learner's folder for one lab, `.labwright/<lab>/`: attempts and answers. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Attempt, attemptSchema } from './attempt.ts';

export class StateFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Where probes are written down. */
  get journalFile(): string {
    return join(this.path, 'probe-keys.json');
  }

  /** Adds an attempt to the history. @throws the writing error (ENOSPC, EACCES) */
  async addAttempt(attempt: Attempt): Promise<void> {
    await mkdir(this.path, { recursive: true });
    // A line that a full disk cut off must not swallow the next one.
    const file = join(this.path, 'attempts.jsonl');
    const before = await readIfThere(file);
    const separator = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(file, `${separator}${JSON.stringify(attempt)}\n`);
  }

  /** All attempts, oldest first, and how many lines could not be read. */
  async attempts(): Promise<{ attempts: Attempt[]; unreadable: number }> {
    const lines = ((await readIfThere(join(this.path, 'attempts.jsonl'))) ?? '').split('\n').filter(Boolean);
    const attempts = lines.flatMap((line) => readAttempt(line) ?? []);
    return { attempts, unreadable: lines.length - attempts.length };
  }

  /**
   * Answers by question id, from `answers.yaml`; empty when there is none.
   *
   * @throws Error with a sentence when the file cannot be read as a mapping of texts
   */
  async answers(): Promise<Record<string, string>> {
    const file = join(this.path, 'answers.yaml');
    const text = await readIfThere(file);
    if (text === undefined) return {};
    const parsed = z.record(z.string(), z.string()).safeParse(readYaml(file, text) ?? {});
    if (parsed.success) return parsed.data;
    throw new Error(`${file}: expected a line "question-id: answer" for each answer. Correct the file.`);
  }
}

function readYaml(file: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new Error(`${file}: ${why}. Correct the file.`);
  }
}

function readAttempt(line: string): Attempt | undefined {
  try {
    return attemptSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
